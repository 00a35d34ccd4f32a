using Identity.Domain.Failures;
using Identity.Domain.Statistics;

namespace Identity.Admin.Api;

/// <summary>Either a count, or the number that it is below.</summary>
public sealed record ShownCount
{
    public long? Count { get; init; }
    public long? Below { get; init; }

    public static ShownCount Of(long amount) => SmallNumber.Is(amount) ? new() { Below = SmallNumber.Hidden } : new() { Count = amount };
}

/// <param name="Answered">Codes given to applications, with a sign-in or by one that was there already.</param>
public sealed record TotalFigures(DateTimeOffset From, DateTimeOffset To, NowAndBefore Answered, NowAndBefore Failures)
{
    /// <summary>Of the whole province alone.</summary>
    public NowAndBefore? Arrived { get; init; }

    internal static TotalFigures Of(Chart chart, StatisticsSums now, StatisticsSums before) => new(chart.Span.From, chart.Span.To, NowAndBefore.Of(now.Answered, before.Answered), NowAndBefore.Of(now.Failures, before.Failures))
    {
        Arrived = chart.IsProvince ? NowAndBefore.Of(now.Arrived, before.Arrived) : null,
    };
}

/// <param name="Before">Of the same length, just before.</param>
public sealed record NowAndBefore(ShownCount Now, ShownCount Before)
{
    public static NowAndBefore Of(long now, long before) => new(ShownCount.Of(now), ShownCount.Of(before));
}

/// <param name="Slots">Beginnings, the oldest first: hours of a day, days of a week or a month, months of a year.</param>
public sealed record ConnectorFigures(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<DateTimeOffset> Slots, IReadOnlyList<ConnectorFigure> Connectors)
{
    internal static ConnectorFigures Of(Chart chart, StatisticsSums sums) => new(chart.Span.From, chart.Span.To, chart.Span.Slots,
        [.. sums.Connectors.Select(c => new ConnectorFigure(c.Connector, [.. c.Slots.Select(s => ShownCount.Of(s.SignedIn))], [.. c.Slots.Select(s => ShownCount.Of(s.Failed))]))]);
}

/// <summary>One number for each slot.</summary>
public sealed record ConnectorFigure(string Connector, IReadOnlyList<ShownCount> SignedIn, IReadOnlyList<ShownCount> Failed);

public sealed record ReasonFigures(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ReasonFigure> Reasons)
{
    internal static ReasonFigures Of(Chart chart, StatisticsSums now, StatisticsSums before) => new(chart.Span.From, chart.Span.To,
        [.. now.Reasons.Select(r => new ReasonFigure(r.Word, r.Fixer, NowAndBefore.Of(r.Amount, before.OfReason(r.Word))))]);
}

/// <param name="Reason">As the trail says it.</param>
/// <param name="Fixer">Whose turn it is.</param>
public sealed record ReasonFigure(string Reason, FailureFixer Fixer, NowAndBefore Amount);

public sealed record MatrixFigures(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<MatrixFigure> Cells)
{
    internal static MatrixFigures Of(Chart chart, IReadOnlyDictionary<(string ClientId, string Connector), MatrixCell> cells) => new(chart.Span.From, chart.Span.To,
        [.. cells.OrderBy(c => c.Key.ClientId, StringComparer.Ordinal).ThenBy(c => c.Key.Connector, StringComparer.Ordinal)
            .Select(c => new MatrixFigure(c.Key.ClientId, c.Key.Connector, ShownCount.Of(c.Value.Answered), ShownCount.Of(c.Value.Failed)))]);
}

public sealed record MatrixFigure(string ClientId, string Connector, ShownCount Answered, ShownCount Failed);

public sealed record FunnelFigures(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<FunnelFigure> Steps)
{
    internal static FunnelFigures Of(Chart chart, StatisticsSums sums) => new(chart.Span.From, chart.Span.To, [.. sums.Funnel().Select(f => new FunnelFigure(f.Step, ShownCount.Of(f.Amount)))]);
}

public sealed record FunnelFigure(SignInStep Step, ShownCount Amount);

/// <param name="Slots">Empty for whoever sees less than the province: nobody's application alone tells.</param>
public sealed record WaitFigures(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<WaitSlot> Slots);

/// <param name="Ways">Empty for whoever sees less than the province.</param>
public sealed record WayFigures(IReadOnlyList<WayFigure> Ways);

/// <param name="Month"><c>202611</c></param>
public sealed record WayFigure(int Month, SignInWay Way, ShownCount Amount);
