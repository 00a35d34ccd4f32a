using Identity.Domain.Failures;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Statistics;

/// <summary>
/// Makes hours of what is not in the trail: how far the sign-ins came that did not arrive, and how long people waited. An hour is made
/// anew as a whole, so making it twice changes nothing; sign-ins that ran out come up to a day late.
/// </summary>
public sealed class HourlyRollUp(IdentityDb db, TimeProvider clock)
{
    private const string Position = "hours";

    /// <summary>As long as somebody may take who is counted as having given up, and the cleaner after them.</summary>
    private const int HoursThatMayChange = 26;

    /// <summary>Nodes write their minutes some seconds late.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMinutes(2);

    public async Task RollUpAsync(CancellationToken ct)
    {
        var last = (clock.GetUtcNow() - Lateness).ToUnixTimeSeconds() / 3600 - 1;
        if (await db.StatisticCursors.AsNoTracking().Where(c => c.Name == Position).Select(c => (long?)c.Position).SingleOrDefaultAsync(ct) >= last) return;
        await StorageLock.TryRunAsync(db, StorageLockName.Statistics, async () =>
        {
            var cursor = await db.StatisticCursors.SingleOrDefaultAsync(c => c.Name == Position, ct);
            if (cursor is null) db.StatisticCursors.Add(cursor = new() { Name = Position, Position = last - HoursThatMayChange });
            for (var hour = Math.Min(cursor.Position + 1, last - HoursThatMayChange + 1); hour <= last; hour++) await MakeAsync(hour, ct);
            cursor.Position = last;
            return await db.SaveChangesAsync(ct);
        }, ct);
        db.ChangeTracker.Clear();
    }

    /// <summary>Hours before are made anew no more. Null before the first round.</summary>
    internal static async Task<DateTimeOffset?> FinalUpToAsync(IdentityDb db, CancellationToken ct) =>
        await db.StatisticCursors.AsNoTracking().Where(c => c.Name == Position).Select(c => (long?)c.Position).SingleOrDefaultAsync(ct) is { } last
            ? DateTimeOffset.FromUnixTimeSeconds((last - HoursThatMayChange + 1) * 3600) : null;

    private async Task MakeAsync(long hour, CancellationToken ct)
    {
        var from = DateTimeOffset.FromUnixTimeSeconds(hour * 3600);
        var to = from.AddHours(1);
        await db.StatisticHours.Where(s => s.Hour == from && s.Name == StatisticHour.Step).ExecuteDeleteAsync(ct);
        var failures = await db.FailureRecords.AsNoTracking().Where(f => f.At >= from && f.At < to).Select(f => new { f.Connector, f.ClientId, f.Steps }).ToListAsync(ct);
        var steps = failures.SelectMany(f => SignInSteps.Read(f.Steps).Select(s => s.Step).Append(SignInStep.Asked).Distinct(), (f, step) => new HourKey(from, StatisticHour.Step, f.Connector ?? "", f.ClientId ?? "", step.ToString()));
        db.StatisticHours.AddRange(steps.CountBy(key => key).Select(c => c.Key.ToRow(c.Value)));
        await MakeWaitsAsync(from, ct);
    }

    /// <summary>Once: the minutes are gone after two days.</summary>
    private async Task MakeWaitsAsync(DateTimeOffset from, CancellationToken ct)
    {
        if (await db.StatisticHours.AnyAsync(s => s.Hour == from && s.Name == StatisticHour.Wait, ct)) return;
        var minute = SignInTally.MinuteOf(from);
        var waits = await db.TallyRows.AsNoTracking().Where(t => t.Minute >= minute && t.Minute < minute + 60 && EF.Functions.Like(t.Fact, "%:%")).GroupBy(t => new { t.Connector, t.Fact })
            .Select(g => new { g.Key.Connector, g.Key.Fact, Amount = g.Sum(t => t.Amount) }).ToListAsync(ct);
        db.StatisticHours.AddRange(waits.Select(w => new HourKey(from, StatisticHour.Wait, w.Connector, "", w.Fact).ToRow(w.Amount)));
    }
}
