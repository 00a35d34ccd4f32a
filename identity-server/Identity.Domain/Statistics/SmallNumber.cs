using System.Globalization;

namespace Identity.Domain.Statistics;

/// <summary>Few enough to guess who it was are not told apart.</summary>
public static class SmallNumber
{
    public const long Hidden = 10;

    public static bool Is(long amount) => amount is > 0 and < Hidden;

    /// <summary>For people: <c>&lt; 10</c>, or <c>13.840</c> in Vietnamese and <c>13,840</c> in English.</summary>
    public static string Text(long amount, string language)
    {
        if (Is(amount)) return $"< {Hidden}";
        var grouped = amount.ToString("N0", CultureInfo.InvariantCulture);
        return language == "en" ? grouped : grouped.Replace(',', '.');
    }

    /// <summary><c>96,8 %</c>; nothing when it is the share of a few.</summary>
    public static string Share(long part, long whole, string language)
    {
        if (whole == 0 || Is(whole)) return "–";
        return $"{Decimal(100.0 * part / whole, language)} %";
    }

    public static string Decimal(double value, string language)
    {
        var text = value.ToString("0.#", CultureInfo.InvariantCulture);
        return language == "en" ? text : text.Replace('.', ',');
    }
}
