using System.Text.Json;
using Identity.Domain.Configuration;

namespace Identity.Admin.Pages.Configuration;

/// <summary>What somebody typed, which may be anything.</summary>
public static class TypedDocument
{
    /// <summary>Nothing when the typed text is no JSON: then there is nothing to compare.</summary>
    public static IReadOnlyList<ThreeWayChange> ThreeWay(string? origin, string? now, string typed)
    {
        try
        {
            return DocumentDiff.ThreeWay(origin, now, typed);
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>The lines of the text, each with what is wrong there.</summary>
    public static IReadOnlyList<TypedLine> Lines(string text, IReadOnlyList<ConfigurationError> errors)
    {
        var places = JsonPlaces.Of(text);
        var byLine = errors.ToLookup(error => JsonPlaces.LineOf(error.Path, places));
        return [.. text.ReplaceLineEndings("\n").Split('\n').Select((line, i) => new TypedLine(line, [.. byLine[i]]))];
    }
}

public sealed record TypedLine(string Text, IReadOnlyList<ConfigurationError> Errors);
