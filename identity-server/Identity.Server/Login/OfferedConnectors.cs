using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Linking;
using Identity.Domain.Sessions;

namespace Identity.Server.Login;

/// <summary>Ways in that a parked request may use: what its application accepts, or every way for our own pages and for a proof.</summary>
public static class OfferedConnectors
{
    public static IEnumerable<ConnectorRegistration> To(ClientRegistry registry, PendingAuthentication pending) =>
        // What we keep ourselves is no door that could be added here: it stands for nobody but its own account.
        pending.LinkStep is LinkStep.AddNew ? Enabled(registry).Where(c => c.Protocol is not (ConnectorProtocol.Password or ConnectorProtocol.Passkey))
        : pending.ClientId is null || pending.LinkStep is not null ? Enabled(registry)
        : registry.FindClient(pending.ClientId) is { } client ? registry.ConnectorsFor(client)
        : [];

    private static IEnumerable<ConnectorRegistration> Enabled(ClientRegistry registry) => registry.Document.Connectors
        .Where(c => c.Enabled && c.IsWayIn && c.Environment == ClientEnvironment.Production).OrderBy(c => c.Order);

    public static ConnectorRegistration? Find(ClientRegistry registry, PendingAuthentication pending, string name) =>
        To(registry, pending).FirstOrDefault(c => c.Name == name);
}
