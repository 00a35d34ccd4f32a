using System.Globalization;
using System.Text;

namespace Identity.Hosting.Language;

/// <summary>
/// Names and details that others typed. Encoding stops markup; it does not stop a direction override or a line separator, which
/// can make one name look like another. Those characters have no place in a name, so they are dropped before display.
/// </summary>
public static class VisibleText
{
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (IsVisible(rune)) visible.Append(rune);
        return visible.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>The same on one line: no break, and no gap wider than a space.</summary>
    public static string OneLine(string? text) => string.Join(' ', Of(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);
}
