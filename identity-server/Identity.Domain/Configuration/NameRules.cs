using System.Text;
using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>Shapes of names and texts. Each rule answers what is wrong, or null.</summary>
internal static class NameRules
{
    public static string? ClientId(string text) => IsMadeOf(text, "._~-", upper: true) && text.Length <= 100
        ? null : "must be 1 to 100 ASCII letters, digits, \".\", \"_\", \"~\" or \"-\"";

    public static string? Name(string text) => IsMadeOf(text, "-_", upper: false) && text.Length <= 60 && char.IsAsciiLetterLower(text[0])
        ? null : "must be 1 to 60 lower-case ASCII letters, digits, \"-\" or \"_\", a letter first";

    public static string? Scope(string text) => IsMadeOf(text, ".:_-", upper: false) && text.Length <= 100
        ? null : "must be 1 to 100 lower-case ASCII letters, digits, \".\", \":\", \"_\" or \"-\"";

    // Claims of the protocol itself are made by the server; a scope that released one would let configuration forge it.
    private static readonly HashSet<string> ProtocolClaims = new(StringComparer.Ordinal)
    {
        "iss", "sub", "aud", "exp", "iat", "nbf", "jti", "nonce", "azp", "acr", "amr", "auth_time", "at_hash", "c_hash", "sid", "cnf", "act", "scope", "client_id",
    };

    public static string? Claim(string text) =>
        ProtocolClaims.Contains(text) ? "is a claim of the protocol itself, not one that a scope releases"
        : IsMadeOf(text, "_", upper: false) && text.Length <= 60 ? null : "must be 1 to 60 lower-case ASCII letters, digits or \"_\"";

    /// <summary>A claim that the release page shows by itself.</summary>
    public static string? ReleasedClaim(string text) =>
        text == PrefillClaim.Name ? "is made of other claims; name those"
        : text.EndsWith("_verified", StringComparison.Ordinal) ? "goes where the value goes that it speaks of; name that"
        : Claim(text);

    public static string? Amr(string text) => IsMadeOf(text, "", upper: false) && text.Length <= 20
        ? null : "must be a method name of RFC 8176 such as pwd, otp, hwk";

    public static string? Audience(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "urn" && text.Length <= 200
        && text.All(c => c is > ' ' and <= '~') && !text.Contains('#', StringComparison.Ordinal)
            ? null : "must be an https or urn URI without a fragment (RFC 8707), for example https://api.example";

    public static string? MailDomain(string text) =>
        text.Length <= 253 && text.Contains('.', StringComparison.Ordinal)
        && text.Split('.').All(label => label.Length is > 0 and <= 63 && IsMadeOf(label, "-", upper: false) && label[0] != '-' && label[^1] != '-')
            ? null : "must be a domain in lower-case ASCII letters, for example anbinh.example; no @, no *";

    public static string? Display(string text, int most) =>
        string.IsNullOrWhiteSpace(text) || text != text.Trim() ? "is blank or has white space around it"
        : text.Length > most ? $"is longer than {most} characters"
        : text.Any(IsInvisible) ? "holds control, direction or zero-width characters, which could disguise a name"
        // Last: it throws at characters that are none, such as U+FFFE, and they have been refused above.
        : !text.IsNormalized(NormalizationForm.FormC) ? "is not in Unicode normal form C; type it anew"
        : null;

    private static bool IsInvisible(char c) =>
        char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator
            or System.Globalization.UnicodeCategory.OtherNotAssigned;

    private static bool IsMadeOf(string text, string others, bool upper) => text.Length > 0 && text.All(c =>
        char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || (upper && char.IsAsciiLetterUpper(c)) || others.Contains(c, StringComparison.Ordinal));
}
