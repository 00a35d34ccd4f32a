namespace Identity.Domain.Configuration;

/// <summary>The configuration as it was read, with the version of every item, so that the next reading takes over what has not changed.</summary>
/// <param name="Revision">Read before the items: a change in between is found by the next reading.</param>
public sealed record LoadedConfiguration(ConfigurationDocument Document, long Revision, IReadOnlyDictionary<(string Kind, string Name), LoadedItem> Items);

/// <param name="Item">The parsed item: a client, a connector, a scope, a resource, a sector or a policy.</param>
public sealed record LoadedItem(int Version, object Item);
