using Identity.Domain.Organisations;

namespace Identity.Domain.Statistics;

/// <summary>How often something happened in one hour. About nobody: the rows that it was counted from stay in the trail, and this stays when they are gone.</summary>
public sealed class StatisticHour
{
    /// <summary>Its beginning.</summary>
    public DateTimeOffset Hour { get; init; }

    /// <summary>Name of the audit row; <see cref="Step"/>; or <see cref="Wait"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Empty when it was none.</summary>
    public required string Connector { get; init; }

    /// <summary>Empty when it was none, or none that is registered.</summary>
    public required string ClientId { get; init; }

    /// <summary>Why not; how (<c>pwd+otp</c>) for <c>session.started</c>; which step; which wait with its bucket.</summary>
    public required string Reason { get; init; }

    /// <summary>The day in Vietnam, <c>20261128</c>: days and months can be summed up by it.</summary>
    public int Day { get; init; }

    public long Amount { get; set; }

    /// <summary>A step that a sign-in reached which did not arrive.</summary>
    public const string Step = "step";

    public const string Wait = "wait";

    public static int DayOf(DateTimeOffset at) => DayOf(VietnamDay.Of(at));

    public static int DayOf(DateOnly day) => day.Year * 10_000 + day.Month * 100 + day.Day;

    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcDateTime.Date.AddHours(at.UtcDateTime.Hour), TimeSpan.Zero);
}

/// <summary>How far the trail, or the clock, has been counted.</summary>
public sealed class StatisticCursor
{
    public required string Name { get; init; }
    public long Position { get; set; }
}
