using Identity.Domain.Administration;
using Identity.Domain.Statistics;

namespace Identity.Admin.Api;

/// <summary>One look at the statistics: whose, and of which time.</summary>
internal sealed record Chart(StatisticsReach Reach, StatisticsPeriod Span)
{
    public bool IsProvince => Reach is StatisticsReach.Province;
}

internal sealed class ChartDesk(StatisticsAccess access, StatisticsReader reader, TimeProvider clock)
{
    /// <summary>Without a word, of the last day. Null when there is no such period.</summary>
    /// <param name="clientId">One application alone; one that is out of reach has no figures.</param>
    public async Task<Chart?> OpenAsync(AdminActor actor, string? period, string? clientId, CancellationToken ct) => WireWord.TryRead<PeriodLength>(period, out var length)
        ? new Chart(StatisticsAccess.Only(await access.ReachAsync(actor, ct), clientId), StatisticsPeriod.EndingAt(length ?? PeriodLength.Day, clock.GetUtcNow()))
        : null;

    public Task<StatisticsSums> SumsAsync(Chart chart, CancellationToken ct) => reader.SumsAsync(chart.Reach, chart.Span, ct);

    public Task<StatisticsSums> BeforeAsync(Chart chart, CancellationToken ct) => reader.SumsAsync(chart.Reach, chart.Span.Before, ct);

    public Task<IReadOnlyDictionary<(string ClientId, string Connector), MatrixCell>> MatrixAsync(Chart chart, CancellationToken ct) => reader.MatrixAsync(chart.Reach, chart.Span, ct);
}
