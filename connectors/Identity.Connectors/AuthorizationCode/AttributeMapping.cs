using System.Globalization;
using System.Text;
using System.Text.Json;
using Identity.Protocols.Federation;

namespace Identity.Connectors.AuthorizationCode;

/// <summary>
/// Foreign claims into canonical attributes. A value that does not have its attribute's form is left out: half a birth date or
/// a nine-digit number in the place of a twelve-digit one would later be matched against people.
/// </summary>
internal sealed class AttributeMapping(UpstreamSettings settings)
{
    private const int LongestValue = 1000;
    private const int LongestAddress = 254;     // RFC 5321 §4.5.3.1.3

    private readonly Dictionary<string, string> _genders = settings.GenderValues
        .DistinctBy(g => Clean(g.Key), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(g => Clean(g.Key), g => g.Value, StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, string> Map(UpstreamClaims claims)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (attribute, names) in settings.AttributeClaims)
            if (claims.First(names) is { } claim && Value(attribute, claim) is { } value)
                attributes[attribute] = value;
        return attributes;
    }

    private string? Value(string attribute, JsonElement claim)
    {
        if (attribute is AttributeNames.EmailVerified or AttributeNames.PhoneNumberVerified) return Verdict(claim);
        var text = UpstreamClaims.Text(claim);
        if (text.Length > LongestValue || Clean(text) is not { Length: > 0 and <= LongestValue } clean) return null;
        return attribute switch
        {
            AttributeNames.BirthDate => BirthDate(clean),
            AttributeNames.Gender => _genders.GetValueOrDefault(clean),
            AttributeNames.PhoneNumber => PhoneNumber(clean),
            AttributeNames.PersonalNumber => PersonalNumber(clean),
            AttributeNames.Email => IsAddress(clean) ? clean : null,
            _ => clean,
        };
    }

    /// <summary>Only the JSON literal counts; the word "true" is what an unverified mailbox looks like in a careless upstream.</summary>
    private static string? Verdict(JsonElement claim) => claim.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>
    /// NFC, so that equal names are equal strings; without control and format characters, which hide or reorder text, and without
    /// characters that are none (U+FFFE), which no normal form takes.
    /// </summary>
    private static string Clean(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned))
                kept.Append(rune.ToString());
        return kept.ToString().Normalize(NormalizationForm.FormC).Trim();
    }

    private string? BirthDate(string text)
    {
        if (text.Length == 4 && text.All(char.IsAsciiDigit)) return text == "0000" ? null : text;
        return DateOnly.TryParseExact(text, settings.BirthdateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
    }

    private string? PhoneNumber(string text)
    {
        var digits = string.Concat(text.Where(c => c is not (' ' or '.' or '-' or '(' or ')')));
        if (digits.StartsWith('0') && !digits.StartsWith("00", StringComparison.Ordinal))
            digits = $"+{settings.PhoneCountryCode}{digits[1..]}";
        // E.164: a plus sign and at most 15 digits, the first of them not zero.
        return digits.Length is >= 9 and <= 16 && digits[0] == '+' && digits[1] != '0' && digits.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0
            ? digits
            : null;
    }

    private static string? PersonalNumber(string text)
    {
        var digits = text.Replace(" ", "", StringComparison.Ordinal);
        return digits.Length == 12 && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    private static bool IsAddress(string text)
    {
        var at = text.LastIndexOf('@');
        return text.Length <= LongestAddress && at > 0 && at < text.Length - 1 && !text.Any(char.IsWhiteSpace);
    }
}
