namespace Identity.Domain.Linking;

internal enum BirthDateComparison
{
    /// <summary>Missing on one side, or a year alone beside a full date of that year: no proof and no contradiction.</summary>
    Unknown,
    Equal,
    Different,
}

internal static class BirthDates
{
    public static BirthDateComparison Compare(string? one, string? other)
    {
        if (string.IsNullOrEmpty(one) || string.IsNullOrEmpty(other)) return BirthDateComparison.Unknown;
        if (one == other) return BirthDateComparison.Equal;
        return IsYearOf(one, other) || IsYearOf(other, one) ? BirthDateComparison.Unknown : BirthDateComparison.Different;
    }

    private static bool IsYearOf(string year, string date) => year.Length == 4 && date.StartsWith(year + '-', StringComparison.Ordinal);
}
