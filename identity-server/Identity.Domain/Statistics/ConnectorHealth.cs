using Identity.Domain.Failures;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Statistics;

/// <summary>
/// How each way to sign in does, told from what all nodes have written: whichever node is asked says the same. People who turned back,
/// mistyped or were refused by a rule are no failure of the connector.
/// </summary>
public sealed class ConnectorHealth(IdentityDb db, TimeProvider clock)
{
    /// <summary>Fewer tries within the window say nothing; the state stays what it was.</summary>
    public const int FewestTries = 50;

    /// <summary>Below it there is trouble.</summary>
    public const double TroubleBelow = 0.95;

    /// <summary>Only here the trouble is over: between the two a connector would be well and ill in turns.</summary>
    public const double WellFrom = 0.98;

    /// <summary>People who wait longer begin again, and make it worse.</summary>
    public const double SlowFrom = 8;

    /// <summary>What one person waited is no pace.</summary>
    public const int FewestWaits = 10;

    private const int SlotMinutes = 5;
    private const int WindowSlots = 3;
    private const int Slots = 24 * 60 / SlotMinutes;

    /// <summary>By connector, for those that somebody used in the last 24 hours.</summary>
    public async Task<IReadOnlyDictionary<string, ConnectorPulse>> ReadAsync(CancellationToken ct)
    {
        var last = SignInTally.MinuteOf(clock.GetUtcNow()) / SlotMinutes;
        var from = (last - Slots + 1) * SlotMinutes;
        var rows = await db.TallyRows.AsNoTracking().Where(t => t.Minute >= from).GroupBy(t => new { t.Connector, Slot = t.Minute / SlotMinutes, t.Fact })
            .Select(g => new { g.Key.Connector, g.Key.Slot, g.Key.Fact, Amount = g.Sum(t => t.Amount) }).ToListAsync(ct);
        return rows.GroupBy(r => r.Connector).ToDictionary(c => c.Key, c => PulseOf([.. c.Select(r => (r.Slot, r.Fact, r.Amount))], last), StringComparer.Ordinal);
    }

    private static ConnectorPulse PulseOf(IReadOnlyList<(long Slot, string Fact, long Amount)> rows, long last)
    {
        var slots = Enumerable.Range(0, Slots).Select(i => SlotOf(rows.Where(r => r.Slot == last - Slots + 1 + i))).ToList();
        var window = Sum(slots.TakeLast(WindowSlots));
        var lately = rows.Where(r => r.Slot > last - WindowSlots).ToList();
        var ok = rows.Where(r => r.Fact == SignInTally.SignedIn).Select(r => (long?)r.Slot).Max();
        return new(IsTroubled(slots), window, WaitBuckets.Percentile(WaitsOf(lately, SignInTally.Upstream), 0.95),
            ok is { } slot ? DateTimeOffset.FromUnixTimeSeconds(slot * SlotMinutes * 60) : null, [.. slots.Chunk(WindowSlots).Select(Sum)]);
    }

    /// <summary>The whole day is walked through again with each look, so that no node has to remember a state.</summary>
    private static bool IsTroubled(List<PulseSlot> slots)
    {
        var troubled = false;
        for (var end = WindowSlots; end <= slots.Count; end++)
        {
            var window = Sum(slots.GetRange(end - WindowSlots, WindowSlots));
            if (window.Tries < FewestTries) continue;
            troubled = troubled ? window.SuccessShare < WellFrom : window.SuccessShare < TroubleBelow;
        }
        return troubled;
    }

    internal static Dictionary<int, long> WaitsOf(IEnumerable<(long Slot, string Fact, long Amount)> rows, string wait) => rows
        .Where(r => r.Fact.StartsWith($"{wait}:", StringComparison.Ordinal)).GroupBy(r => int.Parse(r.Fact[(wait.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture))
        .ToDictionary(g => g.Key, g => g.Sum(r => r.Amount));

    private static PulseSlot SlotOf(IEnumerable<(long Slot, string Fact, long Amount)> rows)
    {
        var (signedIn, failed, turnedBack) = (0L, 0L, 0L);
        foreach (var (_, fact, amount) in rows)
        {
            if (fact == SignInTally.SignedIn) signedIn += amount;
            else if (FailureAdvice.IsOfConnector(fact)) failed += amount;
            else if (!fact.Contains(':', StringComparison.Ordinal)) turnedBack += amount;
        }
        return new(signedIn, failed, turnedBack);
    }

    private static PulseSlot Sum(IEnumerable<PulseSlot> slots) => slots.Aggregate(new PulseSlot(0, 0, 0), (a, b) => new(a.SignedIn + b.SignedIn, a.Failed + b.Failed, a.TurnedBack + b.TurnedBack));
}

/// <param name="Troubled">With hysteresis.</param>
/// <param name="Lately">The last quarter of an hour.</param>
/// <param name="WaitP95">Seconds that the upstream took, in the same time.</param>
/// <param name="LastOk">To five minutes; null when nobody arrived in 24 hours.</param>
/// <param name="Quarters">The last 24 hours, the oldest first.</param>
public sealed record ConnectorPulse(bool Troubled, PulseSlot Lately, double? WaitP95, DateTimeOffset? LastOk, IReadOnlyList<PulseSlot> Quarters)
{
    public bool IsSlow => WaitP95 > ConnectorHealth.SlowFrom && Lately.Tries >= ConnectorHealth.FewestWaits;
}

/// <param name="TurnedBack">People who cancelled, mistyped or were refused by a rule of ours.</param>
public sealed record PulseSlot(long SignedIn, long Failed, long TurnedBack)
{
    public long Tries => SignedIn + Failed;
    public double SuccessShare => Tries == 0 ? 1 : (double)SignedIn / Tries;
}
