using System.Globalization;

namespace Identity.Domain.Delegation;

/// <summary>Names as people type them: without marks, in capitals, with a space too many. Good enough to recognise, never to identify by.</summary>
public static class LooseName
{
    private const CompareOptions Loosely = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

    public static bool AreAlike(string one, string other) => Bare(other).Length > 0 && Compare.Compare(Bare(one), Bare(other), Loosely) == 0;

    public static bool Holds(string text, string part) => Compare.IndexOf(Bare(text), Bare(part), Loosely) >= 0;

    private static CompareInfo Compare => CultureInfo.InvariantCulture.CompareInfo;

    // To Unicode, "đ" is a letter of its own and not a marked "d".
    private static string Bare(string text) => string.Join(' ', text.Replace('đ', 'd').Replace('Đ', 'D').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
