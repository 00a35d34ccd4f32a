using System.Globalization;

namespace Identity.Domain.Statistics;

/// <summary>Few enough to guess who it was are not told apart.</summary>
public static class SmallNumber
{
    public const long Hidden = 10;

    public static bool Is(long amount) => amount is > 0 and < Hidden;

    /// <summary>For people: <c>&lt; 10</c>, or the number as it is written in the language.</summary>
    public static string Text(long amount, string language) =>
        Is(amount) ? $"< {Hidden}" : amount.ToString("N0", CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "vi-VN"));
}
