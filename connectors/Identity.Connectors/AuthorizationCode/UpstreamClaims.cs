using System.Text.Json;

namespace Identity.Connectors.AuthorizationCode;

/// <summary>All that was said about the person. The signed ID token is asked first, so userinfo can add but not overrule.</summary>
internal sealed class UpstreamClaims(JsonElement idToken, JsonElement? userinfo)
{
    /// <summary>The first claim of these names that holds a non-empty scalar.</summary>
    public JsonElement? First(IEnumerable<string> names)
    {
        foreach (var name in names)
            if (Find(idToken, name) is { } signed) return signed;
            else if (userinfo is { } more && Find(more, name) is { } told) return told;
        return null;
    }

    public string? Text(string name) => First([name]) is { } value ? Text(value) : null;

    /// <summary>Numbers and booleans by their JSON spelling: upstreams disagree about whether a code is a number.</summary>
    public static string Text(JsonElement scalar) =>
        scalar.ValueKind == JsonValueKind.String ? scalar.GetString()! : scalar.GetRawText();

    private static JsonElement? Find(JsonElement claims, string name)
    {
        if (!name.StartsWith('/')) return claims.TryGetProperty(name, out var claim) ? Scalar(claim) : null;
        foreach (var step in name[1..].Split('/'))
            if (claims.ValueKind != JsonValueKind.Object || !claims.TryGetProperty(step, out claims)) return null;
        return Scalar(claims);
    }

    private static JsonElement? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()) ? null : value,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value,
        JsonValueKind.Array when value.GetArrayLength() == 1 && value[0].ValueKind != JsonValueKind.Array => Scalar(value[0]),
        _ => null,
    };
}
