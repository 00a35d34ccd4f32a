using System.Text.Json;

namespace Identity.Domain.Configuration;

/// <summary>Reads one item as strictly as a file that holds nothing else, with errors that begin at the item.</summary>
internal static class SingleItem
{
    private static readonly Dictionary<string, string> Lists = new(StringComparer.Ordinal)
    {
        [ConfigurationStore.SectorKind] = "sectors", [ConfigurationStore.ScopeKind] = "scopes", [ConfigurationStore.ResourceKind] = "resources",
        [ConfigurationStore.ConnectorKind] = "connectors", [ConfigurationStore.ClientKind] = "clients", [ConfigurationStore.PolicyKind] = "policies",
    };

    /// <param name="around">What is stored, as far as the item can depend on it.</param>
    public static ItemRead<ItemText> Read(ConfigurationReader reader, ItemKey key, string json, ConfigurationDocument around)
    {
        if (ProblemOf(json) is { } problem) return new ItemRead<ItemText>.Refused([problem]);
        return reader.Read($$"""{"{{Lists[key.Kind]}}":[{{json}}]}""", around) switch
        {
            ConfigurationRead.Refused refused => new ItemRead<ItemText>.Refused([.. refused.Errors.Select(e => e with { Path = Within(e.Path, $"{Lists[key.Kind]}[0]") })]),
            ConfigurationRead.Accepted accepted => Named(key, ItemText.Of(ConfigurationStore.KeepingDates(accepted.Document, around)).Single()),
            _ => throw new InvalidOperationException("A configuration is accepted or refused."),
        };
    }

    /// <summary>What would be wrong with the rest if the item were gone.</summary>
    public static IReadOnlyList<ConfigurationError> ProblemsWithout(ItemKey key, ConfigurationDocument around) => ConfigurationReader.ReferenceErrors(around with
    {
        Sectors = key.Kind == ConfigurationStore.SectorKind ? [.. around.Sectors.Where(s => s.Name != key.Name)] : around.Sectors,
        Scopes = key.Kind == ConfigurationStore.ScopeKind ? [.. around.Scopes.Where(s => s.Name != key.Name)] : around.Scopes,
        Resources = key.Kind == ConfigurationStore.ResourceKind ? [.. around.Resources.Where(r => r.Name != key.Name)] : around.Resources,
        Connectors = key.Kind == ConfigurationStore.ConnectorKind ? [.. around.Connectors.Where(c => c.Name != key.Name)] : around.Connectors,
        Clients = key.Kind == ConfigurationStore.ClientKind ? [.. around.Clients.Where(c => c.ClientId != key.Name)] : around.Clients,
        Policies = key.Kind == ConfigurationStore.PolicyKind ? [.. around.Policies.Where(p => WireNames.PolicyNames.Of(p.Name) != key.Name)] : around.Policies,
    });

    /// <summary>By itself: text that closed the list and opened another one would smuggle in a second item.</summary>
    private static ConfigurationError? ProblemOf(string json)
    {
        try
        {
            return JsonElement.Parse(json).ValueKind == JsonValueKind.Object ? null : new ConfigurationError("", ReadingFaults.MustBeObject);
        }
        catch (JsonException notJson)
        {
            return new ConfigurationError("", ReadingFaults.TextIsNotJson(notJson.LineNumber + 1 ?? 1, notJson.BytePositionInLine + 1 ?? 1));
        }
    }

    private static ItemRead<ItemText> Named(ItemKey key, ItemText text) => text.Name == key.Name
        ? new ItemRead<ItemText>.Accepted(text)
        : new ItemRead<ItemText>.Refused([new(key.Kind == ConfigurationStore.ClientKind ? "client_id" : "name", ReadingFaults.ItemKeepsItsName(Suggestion.Quote(text.Name), Suggestion.Quote(key.Name)))]);

    private static string Within(string path, string item) => !path.StartsWith(item, StringComparison.Ordinal) ? path : path[item.Length..].TrimStart('.');
}

/// <summary>Which item: a kind of <see cref="ConfigurationStore"/>, and its name.</summary>
public sealed record ItemKey(string Kind, string Name)
{
    public static bool IsKind(string? kind) => kind is not null && ConfigurationStore.Kinds.Contains(kind);
}
