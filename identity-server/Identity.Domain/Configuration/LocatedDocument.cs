using Identity.Domain.Clients;
using Identity.Domain.Policies;

namespace Identity.Domain.Configuration;

/// <summary>The items of a file with their places, laid over what is stored; needed to say where a broken reference stands.</summary>
internal sealed record LocatedDocument(
    IReadOnlyList<Located<Sector>> Sectors,
    IReadOnlyList<Located<Scope>> Scopes,
    IReadOnlyList<Located<Resource>> Resources,
    IReadOnlyList<Located<ConnectorRegistration>> Connectors,
    IReadOnlyList<Located<Client>> Clients,
    IReadOnlyList<Located<Policy>> Policies)
{
    public static readonly LocatedDocument Empty = new([], [], [], [], [], []);

    public LocatedDocument Over(ConfigurationDocument current) => new(
        Lay("sectors", Sectors, current.Sectors, s => s.Name),
        Lay("scopes", Scopes, current.Scopes, s => s.Name),
        Lay("resources", Resources, current.Resources, r => r.Name),
        Lay("connectors", Connectors, current.Connectors, c => c.Name),
        Lay("clients", Clients, current.Clients, c => c.ClientId),
        Lay("policies", Policies, current.Policies, p => WireNames.PolicyNames.Of(p.Name)));

    public ConfigurationDocument ToDocument() => new()
    {
        Sectors = [.. Sectors.Select(s => s.Item)],
        Scopes = [.. Scopes.Select(s => s.Item)],
        Resources = [.. Resources.Select(r => r.Item)],
        Connectors = [.. Connectors.Select(c => c.Item)],
        Clients = [.. Clients.Select(c => c.Item)],
        Policies = [.. Policies.Select(p => p.Item)],
    };

    private static List<Located<T>> Lay<T>(string list, IReadOnlyList<Located<T>> file, IReadOnlyList<T> current, Func<T, string> key)
    {
        var replaced = file.Select(f => key(f.Item)).ToHashSet(StringComparer.Ordinal);
        var kept = current.Where(c => !replaced.Contains(key(c))).Select(c => new Located<T>(c, $"{list}[\"{key(c)}\"]"));
        return [.. file, .. kept];
    }
}
