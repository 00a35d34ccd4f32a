using System.Globalization;
using Identity.Domain.Clients;

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

    /// <summary>Null when it is one.</summary>
    public static LocalizedText? Problem(string day) => EndOf(day) is null ? ReadingFaults.MustBeDay : null;

    public static string? LastOf(DateTimeOffset? end) => end?.ToOffset(Vietnam).AddDays(-1).ToString(Form, CultureInfo.InvariantCulture);
}
