using Identity.Domain.Organisations;

namespace Identity.Domain.Statistics;

/// <summary>Where the rows of a period stand: whole months and days as far as they are rolled up, and the hours at both ends.</summary>
/// <param name="Spans">Keys of <see cref="StatisticSpan.Day"/>, the end not included; of months, of days, or none.</param>
internal sealed record StatisticsParts(IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Hours, IReadOnlyList<(int From, int To)> Spans)
{
    /// <param name="open">The first day that is not rolled up.</param>
    public static StatisticsParts Of(StatisticsPeriod period, DateOnly open)
    {
        var begun = VietnamDay.Of(period.From);
        var first = VietnamDay.BeginOf(begun) < period.From ? begun.AddDays(1) : begun;
        var end = VietnamDay.Of(period.To) < open ? VietnamDay.Of(period.To) : open;
        // The hours of one day are its slots.
        if (period.Length == PeriodLength.Day || first >= end) return new([(period.From, period.To)], []);
        return new(Filled((period.From, VietnamDay.BeginOf(first)), (VietnamDay.BeginOf(end), period.To)), period.Length == PeriodLength.Year ? ByMonths(first, end) : [DaysOf(first, end)]);
    }

    private static IReadOnlyList<(int From, int To)> ByMonths(DateOnly first, DateOnly end)
    {
        var (firstMonth, endMonth) = (first.Day == 1 ? first : FirstOf(first).AddMonths(1), FirstOf(end));
        if (firstMonth >= endMonth) return [DaysOf(first, end)];
        return Filled(DaysOf(first, firstMonth), (StatisticHour.DayOf(firstMonth) / 100, StatisticHour.DayOf(endMonth) / 100), DaysOf(endMonth, end));
    }

    private static (int, int) DaysOf(DateOnly first, DateOnly end) => (StatisticHour.DayOf(first), StatisticHour.DayOf(end));

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);

    private static IReadOnlyList<(T From, T To)> Filled<T>(params (T From, T To)[] ranges) where T : IComparable<T> => [.. ranges.Where(r => r.From.CompareTo(r.To) < 0)];
}
