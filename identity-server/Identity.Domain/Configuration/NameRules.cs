using System.Text;
using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>Shapes of names and texts. Each rule answers what is wrong, or null.</summary>
internal static class NameRules
{
    public static LocalizedText? ClientId(string text) => IsMadeOf(text, "._~-", upper: true) && text.Length <= 100
        ? null : NameFaults.ClientIdShape;

    public static LocalizedText? Name(string text) => IsMadeOf(text, "-_", upper: false) && text.Length <= 60 && char.IsAsciiLetterLower(text[0])
        ? null : NameFaults.NameShape;

    public static LocalizedText? Scope(string text) => IsMadeOf(text, ".:_-", upper: false) && text.Length <= 100
        ? null : NameFaults.ScopeShape;

    // Claims of the protocol itself are made by the server; a scope that released one would let configuration forge it.
    private static readonly HashSet<string> ProtocolClaims = new(StringComparer.Ordinal)
    {
        "iss", "sub", "aud", "exp", "iat", "nbf", "jti", "nonce", "azp", "acr", "amr", "auth_time", "at_hash", "c_hash", "sid", "cnf", "act", "scope", "client_id",
    };

    public static LocalizedText? Claim(string text) =>
        ProtocolClaims.Contains(text) ? NameFaults.ClaimOfProtocol
        : IsMadeOf(text, "_", upper: false) && text.Length <= 60 ? null : NameFaults.ClaimShape;

    /// <summary>A claim that the release page shows by itself.</summary>
    public static LocalizedText? ReleasedClaim(string text) =>
        text == PrefillClaim.Name ? NameFaults.ClaimIsMadeOfOthers
        : text.EndsWith("_verified", StringComparison.Ordinal) ? NameFaults.ClaimFollowsAnother
        : Claim(text);

    public static LocalizedText? Amr(string text) => IsMadeOf(text, "", upper: false) && text.Length <= 20
        ? null : NameFaults.MethodShape;

    public static LocalizedText? Audience(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "urn" && text.Length <= 200
        && text.All(c => c is > ' ' and <= '~') && !text.Contains('#', StringComparison.Ordinal)
            ? null : NameFaults.AudienceShape;

    public static LocalizedText? MailDomain(string text) =>
        text.Length <= 253 && text.Contains('.', StringComparison.Ordinal)
        && text.Split('.').All(label => label.Length is > 0 and <= 63 && IsMadeOf(label, "-", upper: false) && label[0] != '-' && label[^1] != '-')
            ? null : NameFaults.MailDomainShape;

    public static LocalizedText? Display(string text, int most) =>
        string.IsNullOrWhiteSpace(text) || text != text.Trim() ? NameFaults.BlankOrPadded
        : text.Length > most ? NameFaults.IsLong(most)
        : text.Any(IsInvisible) ? NameFaults.HoldsInvisible
        // Last: it throws at characters that are none, such as U+FFFE, and they have been refused above.
        : !text.IsNormalized(NormalizationForm.FormC) ? NameFaults.NotComposed
        : null;

    private static bool IsInvisible(char c) =>
        char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator
            or System.Globalization.UnicodeCategory.OtherNotAssigned;

    private static bool IsMadeOf(string text, string others, bool upper) => text.Length > 0 && text.All(c =>
        char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || (upper && char.IsAsciiLetterUpper(c)) || others.Contains(c, StringComparison.Ordinal));
}
