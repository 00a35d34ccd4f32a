using System.Text.Json;
using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>One member that differs between two documents. An entry of a list is a change of its own.</summary>
/// <param name="Path">For example <c>redirect_uris</c> or <c>release["email"].purpose.vi</c>.</param>
/// <param name="Before">Null where there was nothing.</param>
public sealed record MemberChange(string Path, string? Before, string? After)
{
    /// <summary>The member of the item that the change is in.</summary>
    public string Member => Path[..(Path.IndexOfAny(['.', '[']) is var end and >= 0 ? end : Path.Length)];
}

/// <summary>What two people changed at once, member by member.</summary>
/// <param name="Base">What both began with.</param>
public sealed record ThreeWayChange(string Path, string? Base, string? Now, string? Proposed)
{
    public bool IsConflict => Now != Base && Proposed != Base && Now != Proposed;
}

/// <summary>Compares documents as <see cref="ConfigurationWriter"/> writes them. Secrets stand there as digests and masks, and of a digest only the beginning is shown.</summary>
public static class DocumentDiff
{
    private const int ShownOfDigest = 8;

    /// <summary>Members that tell one entry of a list from another.</summary>
    private static readonly string[] Keys = ["claim", "name", "kid", "sha256"];

    /// <param name="before">Null for an item that is not there.</param>
    public static IReadOnlyList<MemberChange> Between(string? before, string? after)
    {
        var (old, young) = (Leaves(before), Leaves(after));
        var changes = young.Where(leaf => !leaf.Key.IsOrder && (!old.TryGetValue(leaf.Key, out var value) || value != leaf.Value))
            .Select(leaf => new MemberChange(leaf.Key.Path, old.GetValueOrDefault(leaf.Key), leaf.Value)).ToList();
        changes.AddRange(old.Where(leaf => !leaf.Key.IsOrder && !young.ContainsKey(leaf.Key)).Select(leaf => new MemberChange(leaf.Key.Path, leaf.Value, null)));
        var changed = changes.Select(change => change.Path).ToHashSet(StringComparer.Ordinal);
        changes.AddRange(young.Where(leaf => leaf.Key.IsOrder && !changed.Contains(leaf.Key.Path) && old.TryGetValue(leaf.Key, out var order) && order != leaf.Value)
            .Select(leaf => new MemberChange(leaf.Key.Path, old[leaf.Key], leaf.Value)));
        return [.. changes.OrderBy(change => change.Path, StringComparer.Ordinal).ThenBy(change => change.After is not null)];
    }

    /// <summary>Where <paramref name="proposed"/> was made from <paramref name="origin"/>, while <paramref name="now"/> came to stand.</summary>
    public static IReadOnlyList<ThreeWayChange> ThreeWay(string? origin, string? now, string? proposed)
    {
        var (old, current, wanted) = (Leaves(origin), Leaves(now), Leaves(proposed));
        return [.. old.Keys.Concat(current.Keys).Concat(wanted.Keys).Distinct().Where(key => !key.IsOrder)
            .Select(key => new ThreeWayChange(key.Path, old.GetValueOrDefault(key), current.GetValueOrDefault(key), wanted.GetValueOrDefault(key)))
            .Where(change => change.Now != change.Base || change.Proposed != change.Base).OrderBy(change => change.Path, StringComparer.Ordinal)];
    }

    private static Dictionary<Leaf, string> Leaves(string? document)
    {
        var leaves = new Dictionary<Leaf, string>();
        if (document is not null) Collect(JsonElement.Parse(document), "", leaves);
        return leaves;
    }

    private static void Collect(JsonElement element, string path, Dictionary<Leaf, string> leaves)
    {
        if (element.ValueKind == JsonValueKind.Array) CollectList(element, path, leaves);
        else if (element.ValueKind != JsonValueKind.Object) leaves[new(path)] = element.ToString();
        else foreach (var member in element.EnumerateObject())
        {
            var inner = JsonSoundness.Join(path, member.Name);
            if (member.Name == "sha256" && member.Value.ValueKind == JsonValueKind.String) leaves[new(inner)] = Beginning(member.Value.GetString()!);
            else if (member.Name == "logo" && member.Value.ValueKind == JsonValueKind.String) leaves[new(inner)] = ClientLogo.MarkOf(member.Value.GetString()!);
            else if (ConnectorSecret.IsSecret(member.Name)) leaves[new(inner)] = ConnectorSecret.Mask;
            else Collect(member.Value, inner, leaves);
        }
    }

    private static void CollectList(JsonElement list, string path, Dictionary<Leaf, string> leaves)
    {
        var index = 0;
        foreach (var entry in list.EnumerateArray())
        {
            if (entry.ValueKind is JsonValueKind.Object) Collect(entry, $"{path}[{KeyOf(entry) ?? $"{index}"}]", leaves);
            else if (entry.ValueKind is JsonValueKind.Array) Collect(entry, $"{path}[{index}]", leaves);
            else leaves[new(path, entry.ToString())] = entry.ToString();
            index++;
        }
        leaves[new(path, IsOrder: true)] = string.Join(", ", list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()));
    }

    private static string? KeyOf(JsonElement entry) =>
        Array.Find(Keys, key => entry.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String) is { } member
            ? Suggestion.Quote(member == "sha256" ? Beginning(entry.GetProperty(member).GetString()!) : entry.GetProperty(member).GetString()!) : null;

    private static string Beginning(string digest) => digest.Length <= ShownOfDigest ? digest : $"{digest[..ShownOfDigest]}…";

    /// <param name="Entry">Of a list of plain values, which has no order of its own for a reader.</param>
    private readonly record struct Leaf(string Path, string? Entry = null, bool IsOrder = false);
}
