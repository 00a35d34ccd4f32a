namespace Identity.Domain.Statistics;

public enum PeriodLength
{
    Day,
    Week,
    Month,
    Year,
}

/// <summary>Up to now, cut into slots: hours of a day, days of a week or a month, months of a year, as Vietnam's clock and calendar have them.</summary>
public sealed record StatisticsPeriod(PeriodLength Length, DateTimeOffset From, DateTimeOffset To)
{
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    public static StatisticsPeriod EndingAt(PeriodLength length, DateTimeOffset now)
    {
        var local = now.ToOffset(Vietnam);
        var (today, hour) = (new DateTimeOffset(local.Date, Vietnam), new DateTimeOffset(local.Date.AddHours(local.Hour), Vietnam));
        var from = length switch
        {
            PeriodLength.Day => hour.AddHours(-23),
            PeriodLength.Week => today.AddDays(-6),
            PeriodLength.Month => today.AddDays(-29),
            _ => new DateTimeOffset(local.Year, local.Month, 1, 0, 0, 0, Vietnam).AddMonths(-11),
        };
        return new(length, from.ToUniversalTime(), hour.AddHours(1).ToUniversalTime());
    }

    /// <summary>The same length, just before.</summary>
    public StatisticsPeriod Before => this with { From = From - (To - From), To = From };

    /// <summary>Beginnings, the oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> Slots
    {
        get
        {
            var slots = new List<DateTimeOffset>();
            for (var at = From; at < To; at = Next(at)) slots.Add(at);
            return slots;
        }
    }

    /// <summary>What the slot is called by the rows that are summed up into it.</summary>
    public int KeyOf(DateTimeOffset slot) => Length switch
    {
        PeriodLength.Day => (int)((slot - From).TotalHours),
        PeriodLength.Year => StatisticHour.DayOf(slot) / 100,
        _ => StatisticHour.DayOf(slot),
    };

    private DateTimeOffset Next(DateTimeOffset at) => Length switch
    {
        PeriodLength.Day => at.AddHours(1),
        PeriodLength.Year => at.ToOffset(Vietnam).AddMonths(1).ToUniversalTime(),
        _ => at.AddDays(1),
    };
}
