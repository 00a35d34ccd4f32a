using System.Globalization;

namespace Identity.Hosting.Language;

/// <summary>Clock times as people in Vietnam read them, whatever the language of the page.</summary>
public static class VietnamTime
{
    // Asia/Ho_Chi_Minh has kept one offset since 1975; a fixed one needs no time zone data on the machine.
    private static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    public static string Text(DateTimeOffset at) => Local(at).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset at) => Text(DateOnly.FromDateTime(Local(at).DateTime));

    public static string Machine(DateTimeOffset at) => Local(at).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>A register's <c>yyyy-MM-dd</c> as <c>dd/MM/yyyy</c>; anything else (a year alone) stays as it is.</summary>
    public static string Date(string iso) =>
        DateOnly.TryParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? Text(date) : iso;

    public static string Text(DateOnly date) => date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>As <c>input type=datetime-local</c> holds it.</summary>
    public static string Field(DateTimeOffset at) => Local(at).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    /// <summary>What such a field sent, or null.</summary>
    public static DateTimeOffset? Read(string? field) =>
        DateTime.TryParseExact(field, ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? new DateTimeOffset(local, Offset) : null;

    /// <summary>The beginning of a day that <c>input type=date</c> sent, or null.</summary>
    public static DateTimeOffset? ReadDay(string? field) =>
        DateTime.TryParseExact(field, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new DateTimeOffset(day, Offset) : null;

    private static DateTimeOffset Local(DateTimeOffset at) => at.ToOffset(Offset);
}
