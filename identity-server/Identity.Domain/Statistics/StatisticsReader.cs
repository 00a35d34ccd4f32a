using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Statistics;

/// <summary>
/// Answers the questions of ux.md §9, as far as somebody may see. Hours that nothing changes any more are read as days and months, all
/// applications together as one: what an answer costs grows with the ways to sign in, and not with applications or with time.
/// </summary>
public sealed class StatisticsReader(IdentityDb db)
{
    /// <summary>The most rows that a feed gives at once; whoever wants more asks for less time.</summary>
    public const int MostRows = 50_000;

    private static readonly TimeSpan LongestFeed = TimeSpan.FromDays(31);

    /// <summary>Applications in the matrix; who needs one of the others filters by it.</summary>
    public const int MostApplications = 80;

    /// <summary>Who is busy is told from the end of a longer period.</summary>
    private const int DaysThatRank = 7;

    /// <summary>Everything of the period in its slots, without the applications.</summary>
    public async Task<StatisticsSums> SumsAsync(StatisticsReach reach, StatisticsPeriod period, CancellationToken ct) =>
        new(await SlottedAsync(reach, period, name: null, ct), period, reach is StatisticsReach.Province);

    /// <summary>Applications by connectors: answers given, and failures on the way there. Of the busiest.</summary>
    public async Task<IReadOnlyDictionary<(string ClientId, string Connector), MatrixCell>> MatrixAsync(StatisticsReach reach, StatisticsPeriod period, CancellationToken ct)
    {
        var open = await DailyRollUp.OpenDayAsync(db, ct);
        var busiest = await BusiestAsync(reach, period, open, ct);
        if (busiest.Count == 0) return new Dictionary<(string ClientId, string Connector), MatrixCell>();
        var rows = await OfMatrix(Rows(new StatisticsReach.Applications(busiest), period, open)).GroupBy(r => new { r.ClientId, r.Connector, r.Name })
            .Select(g => new { g.Key.ClientId, g.Key.Connector, g.Key.Name, Amount = g.Sum(r => r.Amount) }).ToListAsync(ct);
        return rows.GroupBy(r => (r.ClientId, r.Connector)).ToDictionary(g => g.Key, g =>
            new MatrixCell(g.Where(r => r.Name == StatisticsSums.Code).Sum(r => r.Amount), g.Where(r => r.Name != StatisticsSums.Code).Sum(r => r.Amount)));
    }

    /// <summary>How people proved themselves, by month.</summary>
    public async Task<IReadOnlyList<MethodCount>> MethodsAsync(StatisticsReach reach, DateTimeOffset now, CancellationToken ct)
    {
        if (reach is not StatisticsReach.Province) return [];
        var rows = await SlottedAsync(reach, StatisticsPeriod.EndingAt(PeriodLength.Year, now), StatisticsSums.Session, ct);
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
        await HoursOf(reach, from, to).OrderBy(s => s.Hour).ThenBy(s => s.Name).ThenBy(s => s.Connector).ThenBy(s => s.ClientId).ThenBy(s => s.Reason).Take(MostRows).ToListAsync(ct);

    private async Task<IReadOnlyList<SlottedRow>> SlottedAsync(StatisticsReach reach, StatisticsPeriod period, string? name, CancellationToken ct)
    {
        if (period.Length != PeriodLength.Day)
            return [.. (await Rows(reach, period, await DailyRollUp.OpenDayAsync(db, ct)).Where(r => name == null || r.Name == name).GroupBy(r => new { r.Slot, r.Name, r.Connector, r.Reason })
                .Select(g => new { g.Key.Slot, g.Key.Name, g.Key.Connector, g.Key.Reason, Amount = g.Sum(r => r.Amount) }).ToListAsync(ct)).Select(r => new SlottedRow(r.Slot, r.Name, r.Connector, r.Reason, r.Amount))];
        return [.. (await HoursOf(reach, period.From, period.To).Where(s => name == null || s.Name == name).GroupBy(s => new { s.Hour, s.Name, s.Connector, s.Reason })
            .Select(g => new { g.Key.Hour, g.Key.Name, g.Key.Connector, g.Key.Reason, Amount = g.Sum(s => s.Amount) }).ToListAsync(ct)).Select(r => new SlottedRow(period.KeyOf(r.Hour), r.Name, r.Connector, r.Reason, r.Amount))];
    }

    private async Task<IReadOnlySet<string>> BusiestAsync(StatisticsReach reach, StatisticsPeriod period, DateOnly open, CancellationToken ct)
    {
        if (reach is StatisticsReach.Applications { ClientIds: { Count: <= MostApplications } few }) return few;
        var ranked = period.To - period.From > TimeSpan.FromDays(DaysThatRank) ? period with { Length = PeriodLength.Week, From = period.To.AddDays(-DaysThatRank) } : period;
        return (await OfMatrix(Rows(reach, ranked, open, byApplication: true)).Where(r => r.ClientId != "").GroupBy(r => r.ClientId).OrderByDescending(g => g.Sum(r => r.Amount)).ThenBy(g => g.Key)
            .Take(MostApplications).Select(g => g.Key).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
    }

    private static IQueryable<StatisticRow> OfMatrix(IQueryable<StatisticRow> rows) => rows.Where(r => r.Connector != "" && (r.Name == StatisticsSums.Code || StatisticsSums.Failed.Contains(r.Name)));

    /// <param name="byApplication">Of the province: its applications one by one, and not all together.</param>
    private IQueryable<StatisticRow> Rows(StatisticsReach reach, StatisticsPeriod period, DateOnly open, bool byApplication = false)
    {
        var parts = StatisticsParts.Of(period, open);
        var unit = period.Length == PeriodLength.Year ? 100 : 1;
        var hours = parts.Hours.Select(h => HoursOf(reach, h.From, h.To).Select(s => new StatisticRow { ClientId = s.ClientId, Slot = s.Day / unit, Name = s.Name, Connector = s.Connector, Reason = s.Reason, Amount = s.Amount }));
        var spans = parts.Spans.Select(d => SpansOf(reach, byApplication).Where(s => s.Day >= d.From && s.Day < d.To)
            .Select(s => new StatisticRow { ClientId = s.ClientId, Slot = s.Day > StatisticSpan.LastMonth ? s.Day / unit : s.Day, Name = s.Name, Connector = s.Connector, Reason = s.Reason, Amount = s.Amount }));
        return hours.Concat(spans).Aggregate((all, more) => all.Concat(more));
    }

    // An agency has thousands of applications: one parameter for all of them.
    private IQueryable<StatisticHour> HoursOf(StatisticsReach reach, DateTimeOffset from, DateTimeOffset to)
    {
        var rows = db.StatisticHours.AsNoTracking().Where(s => s.Hour >= from && s.Hour < to);
        if (reach is not StatisticsReach.Applications some) return rows;
        var ids = some.ClientIds.ToArray();
        return rows.Where(s => EF.Parameter(ids).Contains(s.ClientId));
    }

    private IQueryable<StatisticSpan> SpansOf(StatisticsReach reach, bool byApplication)
    {
        var rows = db.StatisticSpans.AsNoTracking();
        if (reach is not StatisticsReach.Applications some) return rows.Where(s => byApplication ? s.ClientId != StatisticSpan.AllClients : s.ClientId == StatisticSpan.AllClients);
        var ids = some.ClientIds.ToArray();
        return rows.Where(s => EF.Parameter(ids).Contains(s.ClientId));
    }

    private sealed class StatisticRow
    {
        public required string ClientId { get; init; }
        public required int Slot { get; init; }
        public required string Name { get; init; }
        public required string Connector { get; init; }
        public required string Reason { get; init; }
        public required long Amount { get; init; }
    }
}

/// <param name="Slot">As <see cref="StatisticsPeriod.KeyOf"/> calls it.</param>
public sealed record SlottedRow(int Slot, string Name, string Connector, string Reason, long Amount);

/// <param name="Month"><c>202611</c></param>
/// <param name="Methods"><c>pwd+otp</c></param>
public sealed record MethodCount(int Month, string Connector, string Methods, long Amount);
