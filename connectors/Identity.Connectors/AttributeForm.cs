using System.Globalization;
using System.Text;

namespace Identity.Connectors;

/// <summary>The forms that attribute values must have, whichever protocol brought them.</summary>
internal static class AttributeForm
{
    public const int LongestValue = 1000;
    private const int LongestAddress = 254;     // RFC 5321 §4.5.3.1.3

    /// <summary>
    /// NFC, so that equal names are equal strings; without control and format characters, which hide or reorder text, and without
    /// characters that are none (U+FFFE), which no normal form takes.
    /// </summary>
    public static string Clean(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned))
                kept.Append(rune.ToString());
        return kept.ToString().Normalize(NormalizationForm.FormC).Trim();
    }

    public static string? PhoneNumber(string text, string countryCode)
    {
        var digits = string.Concat(text.Where(c => c is not (' ' or '.' or '-' or '(' or ')')));
        if (digits.StartsWith('0') && !digits.StartsWith("00", StringComparison.Ordinal))
            digits = $"+{countryCode}{digits[1..]}";
        // E.164: a plus sign and at most 15 digits, the first of them not zero.
        return digits.Length is >= 9 and <= 16 && digits[0] == '+' && digits[1] != '0' && digits.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0
            ? digits
            : null;
    }

    public static bool IsAddress(string text)
    {
        var at = text.LastIndexOf('@');
        return text.Length <= LongestAddress && at > 0 && at < text.Length - 1 && !text.Any(char.IsWhiteSpace);
    }
}
