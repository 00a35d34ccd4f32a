using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Sessions;

namespace Identity.Server.Login;

/// <summary>Ways in that a parked request may use: what its application accepts, or every way for our own pages.</summary>
public static class OfferedConnectors
{
    public static IEnumerable<ConnectorRegistration> To(ClientRegistry registry, PendingAuthentication pending) =>
        pending.ClientId is null ? registry.Document.Connectors.Where(c => c.Enabled && c.IsWayIn).OrderBy(c => c.Order)
        : registry.FindClient(pending.ClientId) is { } client ? registry.ConnectorsFor(client)
        : [];

    public static ConnectorRegistration? Find(ClientRegistry registry, PendingAuthentication pending, string name) =>
        To(registry, pending).FirstOrDefault(c => c.Name == name);
}
