using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Organisations;

/// <summary>
/// Ends that nobody reports because they were known before: a last day, a merger's day, too long without a sign-in. A standing past its
/// last day gives nothing from that moment on; here its sessions, grants and mandates are cleared away and applications are told.
/// </summary>
public sealed class DueStandings(IdentityDb db, StandingEnds ends, OrgUnits units, StaffLists lists, IOptions<StaffOptions> options, TimeProvider clock)
{
    private const int Batch = 50;

    /// <summary>Returns how many were due; a full batch means that more are. Null while another node is at it.</summary>
    public Task<int?> EndAsync(CancellationToken ct) => StorageLock.TryRunAsync(db, StorageLockName.StandingEnds, async () =>
    {
        var now = clock.GetUtcNow();
        var over = await db.Affiliations.Where(a => a.EndedAt == null && a.ValidTo != null && a.ValidTo <= now).OrderBy(a => a.ValidTo).Select(a => a.Id).Take(Batch).ToListAsync(ct);
        foreach (var id in over)
        {
            await ends.EndAsync(id, StandingEndReason.Expired, ct);
            await db.StaffRecords.Where(r => r.AffiliationId == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, StaffState.Left).SetProperty(r => r.ChangedAt, now), ct);
        }
        var gone = await db.OrgUnits.Where(u => u.SettledAt == null && u.ValidTo != null && u.ValidTo <= now).OrderBy(u => u.ValidTo).Take(Batch).ToListAsync(ct);
        foreach (var unit in gone) await units.SettleAsync(unit, ct);
        return Math.Max(over.Count, gone.Count);
    }, ct);

    /// <summary>Suspends posts without a sign-in for too long, when the settings say so.</summary>
    public Task<int?> SuspendIdleAsync(CancellationToken ct) => StorageLock.TryRunAsync(db, StorageLockName.StandingEnds, async () =>
    {
        if (!options.Value.SuspendIdle) return 0;
        var idle = await lists.IdleIds().Take(Batch).ToListAsync(ct);
        foreach (var id in idle) await ends.SuspendAsync(id, StandingEndReason.Idle, ct);
        return idle.Count;
    }, ct);
}
