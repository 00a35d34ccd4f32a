using System.Text;
using System.Text.Json;
using Identity.Admin.Access;
using Identity.Domain.Statistics;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Statistics;

/// <summary>The same hours for the operations centre and for spreadsheets. Few are told as fewer than ten, here as well.</summary>
[NeedsSignIn]
public sealed class FeedModel(StatisticsAccess access, StatisticsReader reader, TimeProvider clock) : AdminPage
{
    [FromRoute] public string Format { get; set; } = "";
    [BindProperty(SupportsGet = true)] public DateTimeOffset? From { get; set; }
    [BindProperty(SupportsGet = true)] public DateTimeOffset? To { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid || StatisticsReader.SpanOf(From, To, clock.GetUtcNow()) is not var (from, to)) return BadRequest();
        var rows = await reader.RowsAsync(await access.ReachAsync(Actor, ct), from, to, ct);
        Response.Headers.CacheControl = "no-store";
        return Format == "csv" ? File(Encoding.UTF8.GetBytes(StatisticsCsv.Of(rows)), StatisticsCsv.MediaType, "statistics.csv") : File(Json(from, to, rows), "application/json");
    }

    private static byte[] Json(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<StatisticHour> rows)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("from", from);
            json.WriteString("to", to);
            json.WriteBoolean("complete", rows.Count < StatisticsReader.MostRows);
            json.WriteStartArray("rows");
            foreach (var row in rows) Write(json, row);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, StatisticHour row)
    {
        json.WriteStartObject();
        json.WriteString("hour", row.Hour);
        json.WriteString("name", row.Name);
        json.WriteString("connector", row.Connector);
        json.WriteString("client_id", row.ClientId);
        json.WriteString("reason", row.Reason);
        if (SmallNumber.Is(row.Amount)) json.WriteNumber("below", SmallNumber.Hidden);
        else json.WriteNumber("count", row.Amount);
        json.WriteEndObject();
    }
}
