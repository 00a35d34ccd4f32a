using Identity.Domain.Failures;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Statistics;

/// <summary>Answers the questions of ux.md §9 from the hours, as far as somebody may see. Every answer is one query.</summary>
public sealed class StatisticsReader(IdentityDb db, StatisticsAccess access)
{
    /// <summary>The most rows that a feed gives at once; whoever wants more asks for less time.</summary>
    public const int MostRows = 50_000;

    private static readonly TimeSpan LongestFeed = TimeSpan.FromDays(31);

    /// <summary>Everything of the period, without its times: what failures, applications and the funnel are told from.</summary>
    public async Task<StatisticsSums> SumsAsync(StatisticsReach reach, StatisticsPeriod period, CancellationToken ct)
    {
        var rows = await Within(reach, period).Where(s => s.Name != StatisticHour.Wait).GroupBy(s => new { s.Name, s.Connector, s.ClientId, s.Reason })
            .Select(g => new { g.Key.Name, g.Key.Connector, g.Key.ClientId, g.Key.Reason, Amount = g.Sum(s => s.Amount) }).ToListAsync(ct);
        return new([.. rows.Select(r => new StatisticsSum(r.Name, r.Connector, r.ClientId, r.Reason, r.Amount))], access.Applications(reach));
    }

    /// <summary>By connector: arrived and failed in every slot of the period.</summary>
    public async Task<IReadOnlyList<ConnectorSeries>> ConnectorsAsync(StatisticsReach reach, StatisticsPeriod period, CancellationToken ct)
    {
        // The province counts sessions; for a single application its own answers are what can be told apart.
        var arrived = reach is StatisticsReach.Province ? "session.started" : "code.issued";
        var rows = await SlottedAsync(Within(reach, period).Where(s => s.Connector != "" && (s.Name == arrived || s.Name == "signin.failed" || s.Name == "signin.refused")), period, ct);
        return [.. rows.GroupBy(r => r.Connector).OrderByDescending(c => c.Sum(r => r.Amount)).Select(c => new ConnectorSeries(c.Key, [.. period.Slots.Select(slot =>
        {
            var here = c.Where(r => r.Slot == period.KeyOf(slot)).ToList();
            return new PulseSlot(here.Where(r => r.Name == arrived).Sum(r => r.Amount), here.Where(r => r.Name != arrived && IsOfConnector(r.Reason)).Sum(r => r.Amount), 0);
        })]))];
    }

    /// <summary>Seconds that half of the people, and all but one in twenty, waited: for the upstream's answer, and away at the upstream.</summary>
    public async Task<IReadOnlyList<WaitSlot>> WaitsAsync(StatisticsReach reach, StatisticsPeriod period, CancellationToken ct)
    {
        if (reach is not StatisticsReach.Province) return [];
        var rows = await SlottedAsync(Within(reach, period).Where(s => s.Name == StatisticHour.Wait), period, ct);
        return [.. period.Slots.Select(slot =>
        {
            var here = rows.Where(r => r.Slot == period.KeyOf(slot)).Select(r => ((long)r.Slot, r.Reason, r.Amount)).ToList();
            var (upstream, away) = (ConnectorHealth.WaitsOf(here, SignInTally.Upstream), ConnectorHealth.WaitsOf(here, SignInTally.Away));
            return new WaitSlot(slot, WaitBuckets.Percentile(upstream, 0.5), WaitBuckets.Percentile(upstream, 0.95), WaitBuckets.Percentile(away, 0.5), WaitBuckets.Percentile(away, 0.95));
        })];
    }

    /// <summary>How people proved themselves, by month.</summary>
    public async Task<IReadOnlyList<MethodCount>> MethodsAsync(StatisticsReach reach, DateTimeOffset now, CancellationToken ct)
    {
        if (reach is not StatisticsReach.Province) return [];
        var year = StatisticsPeriod.EndingAt(PeriodLength.Year, now);
        var rows = await SlottedAsync(Within(reach, year).Where(s => s.Name == "session.started"), year, ct);
        return [.. rows.GroupBy(r => (r.Slot, r.Connector, r.Reason)).Select(g => new MethodCount(g.Key.Slot, g.Key.Connector, g.Key.Reason, g.Sum(r => r.Amount)))];
    }

    /// <summary>What a feed may ask for at once, and without a word the last day; null when it cannot be.</summary>
    public static (DateTimeOffset From, DateTimeOffset To)? SpanOf(DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now)
    {
        var end = from is { } begin && to is null ? begin + LongestFeed : to ?? now;
        var start = from ?? end.AddDays(-1);
        return start < end && end - start <= LongestFeed ? (start, end) : null;
    }

    /// <summary>Hour by hour, for machines.</summary>
    public async Task<IReadOnlyList<StatisticHour>> RowsAsync(StatisticsReach reach, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        await Within(reach, new(PeriodLength.Day, from, to)).OrderBy(s => s.Hour).ThenBy(s => s.Name).ThenBy(s => s.Connector).ThenBy(s => s.ClientId).ThenBy(s => s.Reason).Take(MostRows).ToListAsync(ct);

    private IQueryable<StatisticHour> Within(StatisticsReach reach, StatisticsPeriod period)
    {
        var rows = db.StatisticHours.AsNoTracking().Where(s => s.Hour >= period.From && s.Hour < period.To);
        return reach is StatisticsReach.Applications some ? rows.Where(s => some.ClientIds.Contains(s.ClientId)) : rows;
    }

    private static async Task<IReadOnlyList<SlottedRow>> SlottedAsync(IQueryable<StatisticHour> rows, StatisticsPeriod period, CancellationToken ct)
    {
        if (period.Length != PeriodLength.Day)
        {
            var unit = period.Length == PeriodLength.Year ? 100 : 1;
            return [.. (await rows.GroupBy(s => new { Slot = s.Day / unit, s.Name, s.Connector, s.Reason }).Select(g => new { g.Key.Slot, g.Key.Name, g.Key.Connector, g.Key.Reason, Amount = g.Sum(s => s.Amount) }).ToListAsync(ct))
                .Select(r => new SlottedRow(r.Slot, r.Name, r.Connector, r.Reason, r.Amount))];
        }
        return [.. (await rows.GroupBy(s => new { s.Hour, s.Name, s.Connector, s.Reason }).Select(g => new { g.Key.Hour, g.Key.Name, g.Key.Connector, g.Key.Reason, Amount = g.Sum(s => s.Amount) }).ToListAsync(ct))
            .Select(r => new SlottedRow(period.KeyOf(r.Hour), r.Name, r.Connector, r.Reason, r.Amount))];
    }

    private static bool IsOfConnector(string problem) => FailureAdvice.Knows(problem) && FailureAdvice.For(problem).Fixer is FailureFixer.Upstream or FailureFixer.Us;

    private sealed record SlottedRow(int Slot, string Name, string Connector, string Reason, long Amount);
}

public sealed record StatisticsSum(string Name, string Connector, string ClientId, string Reason, long Amount);

/// <param name="Slots">In the order of <see cref="StatisticsPeriod.Slots"/>.</param>
public sealed record ConnectorSeries(string Connector, IReadOnlyList<PulseSlot> Slots);

/// <summary>All in seconds; null where nobody waited.</summary>
public sealed record WaitSlot(DateTimeOffset At, double? UpstreamHalf, double? UpstreamMost, double? AwayHalf, double? AwayMost);

/// <param name="Month"><c>202611</c></param>
/// <param name="Methods"><c>pwd+otp</c></param>
public sealed record MethodCount(int Month, string Connector, string Methods, long Amount);
