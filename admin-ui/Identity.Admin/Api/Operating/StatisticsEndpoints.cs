using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Statistics;

namespace Identity.Admin.Api;

/// <summary>The hours that the operations centre draws its own pictures from. Few are told as fewer than ten, here as well.</summary>
internal static class StatisticsEndpoints
{
    public static void MapStatistics(this IEndpointRouteBuilder api)
    {
        api.MapGet("/statistics/hours", ReadAsync).Produces<HourListing>()
            .Operation("listHours", "How often what happened, hour by hour, for at most 31 days, as JSON or for spreadsheets", new(Permission.ReadStatistics, "from", "to", "format"));
        api.MapGet("/statistics/expiries", ExpiriesAsync).Produces<ExpiryListing>()
            .Operation("listExpiries", "What ends within 90 days, as far as the account's scopes and roles may act on it, the soonest first", new(Permission.ReadStatistics, "after"));
    }

    private static async Task<IResult> ReadAsync(DateTimeOffset? from, DateTimeOffset? to, string? format, HttpContext http, StatisticsAccess access, StatisticsReader reader, TimeProvider clock, CancellationToken ct)
    {
        if (format is not (null or "json" or "csv")) return ApiProblem.BadParameter("format").ToResult();
        if (StatisticsReader.SpanOf(from, to, clock.GetUtcNow()) is not var (begin, end)) return ApiProblem.BadParameter("from or to").ToResult();
        var rows = await reader.RowsAsync(await access.ReachAsync(http.Actor(), ct), begin, end, ct);
        if (format == "csv") return Results.Text(StatisticsCsv.Of(rows), StatisticsCsv.MediaType);
        return Results.Ok(new HourListing(begin, end, rows.Count < StatisticsReader.MostRows, [.. rows.Select(ShownHour.Of)]));
    }

    private static async Task<IResult> ExpiriesAsync(string? after, HttpContext http, Expiries expiries, CancellationToken ct)
    {
        if (after is not null && ExpiryMark.Read(after) is null) return ApiProblem.BadParameter("after").ToResult();
        var page = await expiries.PageAsync(http.Actor(), ExpiryMark.Read(after), ct);
        http.WriteNext("after", page.Next?.ToString());
        return Results.Ok(new ExpiryListing([.. page.Endings.Select(ShownExpiry.Of)]));
    }
}

public sealed record ExpiryListing(IReadOnlyList<ShownExpiry> Expiries);

/// <param name="Name">Of the client, the connector, the algorithm or the announcement.</param>
/// <param name="Breaks">Something stops working then, unless somebody acts.</param>
public sealed record ShownExpiry(EndingKind Kind, string Name, DateTimeOffset At, bool Breaks)
{
    public static ShownExpiry Of(Ending ending) => new(ending.Kind, ending.Name, ending.EndsAt, ending.Breaks);
}

/// <param name="Complete">False when there were more rows than one answer takes: ask for a shorter span.</param>
public sealed record HourListing(DateTimeOffset From, DateTimeOffset To, bool Complete, IReadOnlyList<ShownHour> Rows);

/// <summary>Either a count, or the number that it is below.</summary>
public sealed record ShownHour(DateTimeOffset Hour, string Name, string Connector, string ClientId, string Reason)
{
    public long? Count { get; init; }
    public long? Below { get; init; }

    public static ShownHour Of(StatisticHour row) => new(row.Hour, row.Name, row.Connector, row.ClientId, row.Reason)
    {
        Count = SmallNumber.Is(row.Amount) ? null : row.Amount, Below = SmallNumber.Is(row.Amount) ? SmallNumber.Hidden : null,
    };
}
