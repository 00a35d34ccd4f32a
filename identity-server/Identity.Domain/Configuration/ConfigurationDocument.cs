using Identity.Domain.Clients;
using Identity.Domain.Policies;

namespace Identity.Domain.Configuration;

/// <summary>What an operator exports, edits and imports as one file. A file may hold a part; it is then laid over what is stored.</summary>
public sealed record ConfigurationDocument
{
    public static readonly ConfigurationDocument Empty = new();

    public IReadOnlyList<Sector> Sectors { get; init; } = [];
    public IReadOnlyList<Scope> Scopes { get; init; } = [];
    public IReadOnlyList<Resource> Resources { get; init; } = [];
    public IReadOnlyList<ConnectorRegistration> Connectors { get; init; } = [];
    public IReadOnlyList<Client> Clients { get; init; } = [];
    public IReadOnlyList<Policy> Policies { get; init; } = [];

    /// <summary>Items of this document replace those of the same name; everything else of <paramref name="current"/> stays.</summary>
    public ConfigurationDocument LaidOver(ConfigurationDocument current) => new()
    {
        Sectors = Lay(Sectors, current.Sectors, s => s.Name),
        Scopes = Lay(Scopes, current.Scopes, s => s.Name),
        Resources = Lay(Resources, current.Resources, r => r.Name),
        Connectors = Lay(Connectors, current.Connectors, c => c.Name),
        Clients = Lay(Clients, current.Clients, c => c.ClientId),
        Policies = Lay(Policies, current.Policies, p => p.Name),
    };

    private static List<T> Lay<T, TKey>(IReadOnlyList<T> over, IReadOnlyList<T> current, Func<T, TKey> key) where TKey : notnull
    {
        var replacing = over.ToDictionary(key);
        var kept = current.Select(item => replacing.Remove(key(item), out var newer) ? newer : item).ToList();
        return [.. kept, .. over.Where(item => replacing.ContainsKey(key(item)))];
    }
}
