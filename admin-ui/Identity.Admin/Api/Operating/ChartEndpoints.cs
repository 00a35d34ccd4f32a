using Identity.Domain.Administration;
using Identity.Domain.Statistics;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Api;

/// <summary>The figures behind the pictures of the statistics page: the same reach, the same slots, and few told as few.</summary>
internal static class ChartEndpoints
{
    private static readonly ApiOperation Read = new(Permission.ReadStatistics, "period", "client_id");

    public static void MapCharts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/statistics/totals", TotalsAsync).Produces<TotalFigures>().Operation("getTotals", "How many arrived, were answered and failed, now and in the period before", Read);
        api.MapGet("/statistics/connectors", ConnectorsAsync).Produces<ConnectorFigures>().Operation("getConnectorFigures", "By way to sign in: who arrived and what failed, in every slot of the period", Read);
        api.MapGet("/statistics/reasons", ReasonsAsync).Produces<ReasonFigures>().Operation("getReasonFigures", "The ten reasons of failures that came most, and whose turn it is", Read);
        api.MapGet("/statistics/matrix", MatrixAsync).Produces<MatrixFigures>().Operation("getMatrixFigures", "Applications by ways to sign in: answers, and failures on the way there; of the busiest", Read);
        api.MapGet("/statistics/funnel", FunnelAsync).Produces<FunnelFigures>().Operation("getFunnelFigures", "How many came as far as each step of signing in", Read);
        api.MapGet("/statistics/waits", WaitsAsync).Produces<WaitFigures>().Operation("getWaitFigures", "Seconds that people waited, in every slot of the period; of the whole province alone", Read);
        api.MapGet("/statistics/ways", WaysAsync).Produces<WayFigures>()
            .Operation("getWayFigures", "What people signed in with, month by month for a year; of the whole province alone", new(Permission.ReadStatistics));
    }

    private static async Task<IResult> TotalsAsync(string? period, [FromQuery(Name = "client_id")] string? clientId, HttpContext http, ChartDesk desk, CancellationToken ct) =>
        await desk.OpenAsync(http.Actor(), period, clientId, ct) is { } chart ? Results.Ok(TotalFigures.Of(chart, await desk.SumsAsync(chart, ct), await desk.BeforeAsync(chart, ct))) : Unreadable;

    private static async Task<IResult> ConnectorsAsync(string? period, [FromQuery(Name = "client_id")] string? clientId, HttpContext http, ChartDesk desk, CancellationToken ct) =>
        await desk.OpenAsync(http.Actor(), period, clientId, ct) is { } chart ? Results.Ok(ConnectorFigures.Of(chart, await desk.SumsAsync(chart, ct))) : Unreadable;

    private static async Task<IResult> ReasonsAsync(string? period, [FromQuery(Name = "client_id")] string? clientId, HttpContext http, ChartDesk desk, CancellationToken ct) =>
        await desk.OpenAsync(http.Actor(), period, clientId, ct) is { } chart ? Results.Ok(ReasonFigures.Of(chart, await desk.SumsAsync(chart, ct), await desk.BeforeAsync(chart, ct))) : Unreadable;

    private static async Task<IResult> MatrixAsync(string? period, [FromQuery(Name = "client_id")] string? clientId, HttpContext http, ChartDesk desk, CancellationToken ct) =>
        await desk.OpenAsync(http.Actor(), period, clientId, ct) is { } chart ? Results.Ok(MatrixFigures.Of(chart, await desk.MatrixAsync(chart, ct))) : Unreadable;

    private static async Task<IResult> FunnelAsync(string? period, [FromQuery(Name = "client_id")] string? clientId, HttpContext http, ChartDesk desk, CancellationToken ct) =>
        await desk.OpenAsync(http.Actor(), period, clientId, ct) is { } chart ? Results.Ok(FunnelFigures.Of(chart, await desk.SumsAsync(chart, ct))) : Unreadable;

    private static async Task<IResult> WaitsAsync(string? period, [FromQuery(Name = "client_id")] string? clientId, HttpContext http, ChartDesk desk, CancellationToken ct) =>
        await desk.OpenAsync(http.Actor(), period, clientId, ct) is { } chart ? Results.Ok(new WaitFigures(chart.Span.From, chart.Span.To, (await desk.SumsAsync(chart, ct)).Waits)) : Unreadable;

    private static async Task<IResult> WaysAsync(HttpContext http, StatisticsAccess access, SignInWays ways, TimeProvider clock, CancellationToken ct) =>
        Results.Ok(new WayFigures([.. (await ways.ReadAsync(await access.ReachAsync(http.Actor(), ct), clock.GetUtcNow(), ct)).Select(w => new WayFigure(w.Month, w.Way, ShownCount.Of(w.Amount)))]));

    private static IResult Unreadable => ApiProblem.BadParameter("period").ToResult();
}
