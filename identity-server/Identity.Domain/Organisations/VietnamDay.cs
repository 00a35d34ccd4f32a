using System.Globalization;

namespace Identity.Domain.Organisations;

/// <summary>Days as papers and lists mean them. Asia/Ho_Chi_Minh has kept its offset since 1975; a constant needs no zone data in the container.</summary>
public static class VietnamDay
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(7);
    private static readonly string[] Forms = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy"];

    public static DateTimeOffset BeginOf(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Offset).ToUniversalTime();

    /// <summary>"Until 31 December" includes that day.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => BeginOf(day.AddDays(1));

    public static DateOnly Of(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Offset).DateTime);

    /// <summary>ISO 8601, or day first as spreadsheets here write it. Years that no post and no unit has are typing errors.</summary>
    public static DateOnly? Parse(string text) =>
        DateOnly.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1945 and <= 2200 ? day : null;
}
