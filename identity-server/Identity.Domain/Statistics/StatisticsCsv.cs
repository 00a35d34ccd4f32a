using System.Globalization;
using System.Text;

namespace Identity.Domain.Statistics;

/// <summary>The hours for spreadsheets. Few are told as fewer than ten, here as well.</summary>
public static class StatisticsCsv
{
    public const string MediaType = "text/csv; charset=utf-8";

    public static string Of(IReadOnlyList<StatisticHour> rows)
    {
        var csv = new StringBuilder("hour,name,connector,client_id,reason,count\r\n");
        foreach (var row in rows)
            csv.Append(CultureInfo.InvariantCulture, $"{row.Hour:yyyy-MM-ddTHH:mm:ssZ},{Cell(row.Name)},{Cell(row.Connector)},{Cell(row.ClientId)},{Cell(row.Reason)},{(SmallNumber.Is(row.Amount) ? $"<{SmallNumber.Hidden}" : row.Amount)}\r\n");
        return csv.ToString();
    }

    /// <summary>A spreadsheet takes what begins with one of these for a formula.</summary>
    private static string Cell(string text) => $"\"{(text is ['=' or '+' or '-' or '@', ..] ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
