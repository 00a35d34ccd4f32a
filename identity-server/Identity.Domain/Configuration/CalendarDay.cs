using System.Globalization;

namespace Identity.Domain.Configuration;

/// <summary>A last day as people agree on it: it ends when that day ends in Vietnam, wherever the server stands.</summary>
internal static class CalendarDay
{
    private const string Form = "yyyy-MM-dd";
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    public static DateTimeOffset? EndOf(string day) =>
        DateOnly.TryParseExact(day, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date < DateOnly.MaxValue
            ? new DateTimeOffset(date.AddDays(1), TimeOnly.MinValue, Vietnam)
            : null;

    public static string? LastOf(DateTimeOffset? end) => end?.ToOffset(Vietnam).AddDays(-1).ToString(Form, CultureInfo.InvariantCulture);
}
