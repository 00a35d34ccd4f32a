using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>One item as it is stored: its document, and apart from it what a connector keeps secret.</summary>
public sealed record ItemText(string Kind, string Name, string Document, string? Secret)
{
    public static IEnumerable<ItemText> Of(ConfigurationDocument document) =>
    [
        .. document.Sectors.Select(s => new ItemText(ConfigurationStore.SectorKind, s.Name, ConfigurationWriter.Write(s), null)),
        .. document.Scopes.Select(s => new ItemText(ConfigurationStore.ScopeKind, s.Name, ConfigurationWriter.Write(s), null)),
        .. document.Resources.Select(r => new ItemText(ConfigurationStore.ResourceKind, r.Name, ConfigurationWriter.Write(r), null)),
        .. document.Connectors.Select(c => new ItemText(ConfigurationStore.ConnectorKind, c.Name, ConfigurationWriter.Write(c), ConnectorSecret.ToStored(c.Secrets))),
        .. document.Clients.Select(Of),
        .. document.Policies.Select(p => new ItemText(ConfigurationStore.PolicyKind, WireNames.PolicyNames.Of(p.Name), ConfigurationWriter.Write(p), null)),
    ];

    public static ItemText Of(Client client) => new(ConfigurationStore.ClientKind, client.ClientId, ConfigurationWriter.Write(client), null);

    public override string ToString() => $"ItemText({Kind} {Name})";
}
