using System.Text.Json;

namespace Identity.Domain.Configuration;

/// <summary>What JSON allows and a configuration cannot: members named twice (readers disagree which one counts) and broken \u escapes.</summary>
internal static class JsonSoundness
{
    public static void Check(JsonElement element, string path, ErrorList errors)
    {
        if (element.ValueKind == JsonValueKind.Object) CheckObject(element, path, errors);
        else if (element.ValueKind == JsonValueKind.Array) CheckArray(element, path, errors);
        else if (element.ValueKind == JsonValueKind.String && TextOf(element.GetString) is null)
            errors.AddUnreadable(path, ReadingFaults.HalfOfCharacter);
    }

    private static void CheckObject(JsonElement element, string path, ErrorList errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (TextOf(() => member.Name) is not { } name) errors.AddUnreadable(path, ReadingFaults.HalfOfCharacterInName);
            else if (!seen.Add(name)) errors.AddUnreadable(Join(path, name), ReadingFaults.IsGivenTwice);
            else Check(member.Value, Join(path, name), errors);
        }
    }

    private static void CheckArray(JsonElement element, string path, ErrorList errors)
    {
        var index = 0;
        foreach (var item in element.EnumerateArray()) Check(item, $"{path}[{index++}]", errors);
    }

    /// <summary>A strange member name is quoted: errors end up in logs, and a name from a file must not write lines of its own there.</summary>
    public static string Join(string path, string member) =>
        member.Length is 0 or > 60 || !member.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') ? $"{path}[{Suggestion.Quote(member)}]"
        : path.Length == 0 ? member : $"{path}.{member}";

    // The parser accepts the escape and throws only when the text is asked for; here the throw becomes a value.
    private static string? TextOf(Func<string?> read)
    {
        try { return read(); }
        catch (InvalidOperationException) { return null; }
    }
}
