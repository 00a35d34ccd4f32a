using Identity.Domain.Failures;

namespace Identity.Domain.Statistics;

/// <summary>The sums of a period, turned into answers.</summary>
public sealed class StatisticsSums(IReadOnlyList<SlottedRow> rows, StatisticsPeriod period, bool isProvince)
{
    internal const string Code = "code.issued";
    internal const string Session = "session.started";
    internal static readonly string[] Failed = ["signin.failed", "signin.refused", "signin.cancelled", "signin.declined", "signin.expired", "signin.bounced", "authorize.refused", "authorize.error_shown", "token.refused"];

    public long Arrived => Of(Session);

    /// <summary>Codes given to applications, with a sign-in or by one that was there already.</summary>
    public long Answered => Of(Code);

    /// <summary>Those who turned back are among them: they did not arrive.</summary>
    public long Failures => rows.Where(r => Failed.Contains(r.Name)).Sum(r => r.Amount);

    /// <summary>The ten that came most, with whose turn it is.</summary>
    public IReadOnlyList<FailureReason> Reasons => [.. rows.Where(r => Failed.Contains(r.Name)).GroupBy(r => (IsSetUp: IsSetUp(r.Name), Word: ReasonOf(r)))
        .Select(g => new FailureReason(g.Key.Word, FixerOf(g.Key.IsSetUp, g.Key.Word), g.Sum(r => r.Amount)))
        .OrderByDescending(r => r.Amount).ThenBy(r => r.Word, StringComparer.Ordinal).Take(10)];

    /// <summary>By connector: arrived and failed in every slot of the period. The province counts sessions; of a single application its own answers are what can be told apart.</summary>
    public IReadOnlyList<ConnectorSeries> Connectors
    {
        get
        {
            var arrived = isProvince ? Session : Code;
            return [.. rows.Where(r => r.Connector.Length > 0 && (r.Name == arrived || r.Name is "signin.failed" or "signin.refused")).GroupBy(r => r.Connector)
                .OrderByDescending(c => c.Sum(r => r.Amount)).Select(c => new ConnectorSeries(c.Key, [.. Slotted(c, slot => new PulseSlot(slot.Where(r => r.Name == arrived).Sum(r => r.Amount),
                    slot.Where(r => r.Name != arrived && IsOfConnector(r.Reason)).Sum(r => r.Amount), 0))]))];
        }
    }

    /// <summary>Seconds that half of the people, and all but one in twenty, waited: for the upstream's answer, and away at the upstream. Nobody's application alone tells.</summary>
    public IReadOnlyList<WaitSlot> Waits => !isProvince ? [] : [.. period.Slots.Zip(Slotted(rows.Where(r => r.Name == StatisticHour.Wait), slot =>
    {
        var here = slot.Select(r => ((long)r.Slot, r.Reason, r.Amount)).ToList();
        return (Upstream: ConnectorHealth.WaitsOf(here, SignInTally.Upstream), Away: ConnectorHealth.WaitsOf(here, SignInTally.Away));
    }), (at, waits) => new WaitSlot(at, WaitBuckets.Percentile(waits.Upstream, 0.5), WaitBuckets.Percentile(waits.Upstream, 0.95), WaitBuckets.Percentile(waits.Away, 0.5), WaitBuckets.Percentile(waits.Away, 0.95)))];

    /// <summary>
    /// How many came as far as each step: those who arrived, and of the others those whose steps say so. Who was signed in already saw none
    /// of it and is not counted.
    /// </summary>
    public IReadOnlyList<(SignInStep Step, long Amount)> Funnel()
    {
        var lost = rows.Where(r => r.Name == StatisticHour.Step).GroupBy(r => r.Reason).ToDictionary(g => g.Key, g => g.Sum(r => r.Amount), StringComparer.Ordinal);
        var arrived = isProvince ? Arrived : Answered;
        return [.. ((SignInStep[])[SignInStep.Asked, SignInStep.Chosen, SignInStep.Left, SignInStep.Back, SignInStep.Linked, SignInStep.SignedIn, SignInStep.Answered, SignInStep.App])
            .Select(step => (step, step == SignInStep.App ? arrived : arrived + lost.Where(l => Enum.TryParse<SignInStep>(l.Key, out var reached) && reached == step).Sum(l => l.Value)))];
    }

    public long OfReason(string word) => rows.Where(r => Failed.Contains(r.Name) && ReasonOf(r) == word).Sum(r => r.Amount);

    private IEnumerable<T> Slotted<T>(IEnumerable<SlottedRow> some, Func<IEnumerable<SlottedRow>, T> answer)
    {
        var bySlot = some.ToLookup(r => r.Slot);
        return period.Slots.Select(slot => answer(bySlot[period.KeyOf(slot)]));
    }

    private long Of(string name) => rows.Where(r => r.Name == name).Sum(r => r.Amount);

    /// <summary>Refused before anybody could sign in: the application asks in a way that it was not registered for.</summary>
    private static bool IsSetUp(string name) => name is "authorize.refused" or "authorize.error_shown" or "token.refused";

    private static FailureFixer FixerOf(bool isSetUp, string word) =>
        isSetUp ? FailureFixer.Application : FailureAdvice.Knows(word) ? FailureAdvice.For(word).Fixer : FailureFixer.Person;

    private static bool IsOfConnector(string problem) => FailureAdvice.Knows(problem) && FailureAdvice.For(problem).Fixer is FailureFixer.Upstream or FailureFixer.Us;

    private static string ReasonOf(SlottedRow row) => row.Reason.Length > 0 ? row.Reason : row.Name[(row.Name.IndexOf('.', StringComparison.Ordinal) + 1)..];
}

/// <param name="Word">As the trail says it.</param>
public sealed record FailureReason(string Word, FailureFixer Fixer, long Amount);

public sealed record MatrixCell(long Answered, long Failed)
{
    public double FailureShare => Answered + Failed == 0 ? 0 : (double)Failed / (Answered + Failed);
}

/// <param name="Slots">In the order of <see cref="StatisticsPeriod.Slots"/>.</param>
public sealed record ConnectorSeries(string Connector, IReadOnlyList<PulseSlot> Slots);

/// <summary>All in seconds; null where nobody waited.</summary>
public sealed record WaitSlot(DateTimeOffset At, double? UpstreamHalf, double? UpstreamMost, double? AwayHalf, double? AwayMost);
