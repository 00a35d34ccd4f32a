using System.Text.Json;
using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

internal sealed partial class ObjectReader
{
    /// <summary>A list without repetition; the order is the operator's and is kept.</summary>
    public IReadOnlyList<string> Texts(string member, Func<string, LocalizedText?> problemOf)
    {
        var texts = new List<string>();
        foreach (var (element, path) in Elements(member, ClientLimits.MaxListLength))
        {
            if (element.ValueKind != JsonValueKind.String) Errors.AddUnreadable(path, ReadingFaults.MustBeText);
            else if (problemOf(element.GetString()!) is { } problem) Errors.AddUnreadable(path, problem);
            else if (texts.Contains(element.GetString()!)) Errors.AddUnreadable(path, ReadingFaults.IsListedTwice);
            else texts.Add(element.GetString()!);
        }
        return texts;
    }

    /// <summary>The same of whole numbers.</summary>
    public IReadOnlyList<int> Numbers(string member, int least, int most)
    {
        var numbers = new List<int>();
        foreach (var (element, path) in Elements(member, ClientLimits.MaxListLength))
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out var number) || number < least || number > most) Errors.AddUnreadable(path, ReadingFaults.MustBeWholeNumber(least, most));
            else if (numbers.Contains(number)) Errors.AddUnreadable(path, ReadingFaults.IsListedTwice);
            else numbers.Add(number);
        }
        return numbers;
    }

    public IReadOnlyList<T> Choices<T>(string member, WireNames<T> names) where T : struct, Enum =>
        [.. Texts(member, t => names.TryFind(t, out _) ? null : OneOf(names, Suggestion.For(t, names.All)))
            .Select(t => names.TryFind(t, out var value) ? value.Value : default)];

    public IReadOnlyList<Located<T>> Items<T>(string member, int most, Func<ObjectReader, T> read) where T : class
    {
        var items = new List<Located<T>>();
        foreach (var (element, path) in Elements(member, most))
            if (ReadWhole(element, path, read) is { } item) items.Add(new Located<T>(item, path));
        return items;
    }

    private IEnumerable<(JsonElement Element, string Path)> Elements(string member, int most)
    {
        if (Take(member, JsonValueKind.Array, ReadingFaults.MustBeList) is not { } list) return [];
        if (list.GetArrayLength() > most) Refuse(member, ReadingFaults.HasTooManyEntries(most));
        return list.EnumerateArray().Take(most).Select((element, i) => (element, $"{PathOf(member)}[{i}]"));
    }
}

/// <summary>An item and where it stands.</summary>
internal sealed record Located<T>(T Item, string Path);
