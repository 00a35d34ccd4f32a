using Identity.Domain.Policies;

namespace Identity.Domain.Applications;

/// <summary>The clock of a review: days on which offices in Vietnam are open, and the end of the last of them.</summary>
public sealed class ReviewOptions
{
    /// <summary>Two is what the pilot promises its owners (prior-art.md §2.5).</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 30)]
    public int WorkingDays { get; set; } = 2;

    /// <summary>Public holidays and days that the Government swaps, as <c>2027-02-08</c>; they differ each year.</summary>
    public IList<DateOnly> Holidays { get; set; } = [];

    /// <param name="policy">What the province has decided comes before these settings.</param>
    public DateTimeOffset DueFrom(DateTimeOffset asked, ReviewPolicy policy)
    {
        var (days, holidays) = (policy.WorkingDays ?? WorkingDays, policy.Holidays ?? [.. Holidays]);
        var day = DateOnly.FromDateTime(asked.ToOffset(Vietnam).DateTime);
        for (var left = days; left > 0;)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.Contains(day)) left--;
        }
        return new DateTimeOffset(day.ToDateTime(new TimeOnly(17, 0)), Vietnam).ToUniversalTime();
    }

    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);
}
