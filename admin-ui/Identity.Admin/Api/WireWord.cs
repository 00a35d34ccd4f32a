using System.Text.Json;

namespace Identity.Admin.Api;

/// <summary>The words of enumerations as bodies have them, for the query and for refusals.</summary>
internal static class WireWord
{
    public static string Of(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>False when it is said and is none of them; a number is none.</summary>
    public static bool TryRead<T>(string? text, out T? value) where T : struct, Enum
    {
        value = null;
        foreach (var known in Enum.GetValues<T>())
            if (Of(known) == text) value = known;
        return text is null || value is not null;
    }
}
