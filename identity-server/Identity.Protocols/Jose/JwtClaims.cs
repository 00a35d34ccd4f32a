using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Identity.Protocols.Jose;

/// <summary>
/// The registered claims of RFC 7519 §4.1, each of the type it must have. A claim of a wrong type makes the whole set
/// unreadable: an <c>exp</c> that we cannot understand is not an <c>exp</c> that is absent.
/// </summary>
public sealed record JwtClaims
{
    public const int MaximumSubjectLength = 255;    // OpenID Connect Core §2

    private JwtClaims(JsonElement element) => Element = element;

    public string? Issuer { get; private init; }
    public string? Subject { get; private init; }

    /// <summary>Empty when the claim is absent.</summary>
    public IReadOnlyList<string> Audiences { get; private init; } = [];

    public DateTimeOffset? ExpiresAt { get; private init; }
    public DateTimeOffset? NotBefore { get; private init; }
    public DateTimeOffset? IssuedAt { get; private init; }
    public string? Id { get; private init; }

    public JsonElement Element { get; }

    public static bool TryRead(JsonElement payload, [NotNullWhen(true)] out JwtClaims? claims)
    {
        claims = null;
        if (payload.ValueKind != JsonValueKind.Object) return false;
        var read = new JwtClaims(payload);
        if (!read.TryGetText("iss", out var issuer) || !read.TryGetText("sub", out var subject)
            || !read.TryGetText("jti", out var id) || !read.TryGetTexts("aud", out var audiences)
            || !read.TryGetDate("exp", out var expiresAt) || !read.TryGetDate("nbf", out var notBefore)
            || !read.TryGetDate("iat", out var issuedAt) || subject?.Length > MaximumSubjectLength)
            return false;
        claims = new JwtClaims(payload)
        {
            Issuer = issuer, Subject = subject, Audiences = audiences, Id = id,
            ExpiresAt = expiresAt, NotBefore = notBefore, IssuedAt = issuedAt,
        };
        return true;
    }

    /// <summary>True with null when the claim is absent; false when it is not a non-empty string free of control characters.</summary>
    public bool TryGetText(string claim, out string? value)
    {
        value = null;
        return !Element.TryGetProperty(claim, out var element) || IsText(element, out value);
    }

    /// <summary>True with an empty list when absent; a lone string counts as a list of one. False for an empty array.</summary>
    public bool TryGetTexts(string claim, out IReadOnlyList<string> values)
    {
        values = [];
        if (!Element.TryGetProperty(claim, out var element)) return true;
        if (element.ValueKind != JsonValueKind.Array)
        {
            if (!IsText(element, out var single)) return false;
            values = [single];
            return true;
        }
        var list = new List<string>(element.GetArrayLength());
        foreach (var item in element.EnumerateArray())
        {
            if (!IsText(item, out var text)) return false;
            list.Add(text);
        }
        values = list;
        return list.Count > 0;
    }

    /// <summary>True with null when absent; false for anything but whole seconds between 1970 and the year 3000.</summary>
    public bool TryGetDate(string claim, out DateTimeOffset? value)
    {
        const long Year3000 = 32_503_680_000;
        value = null;
        if (!Element.TryGetProperty(claim, out var element)) return true;
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out var seconds)) return false;
        if (seconds is < 0 or > Year3000) return false;
        value = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    public override string ToString() => nameof(JwtClaims);

    private static bool IsText(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        return !string.IsNullOrEmpty(text) && !text.Any(char.IsControl);
    }
}
