using Identity.Domain.Delegation;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>
/// Ends that nobody reports: a last day, a merger's day, a mandate whose grantor's account is active no more. Each gives nothing from that
/// moment on, because every use asks; here its sessions, grants and mandates are cleared away and applications are told.
/// </summary>
public sealed class DueEnds(IdentityDb db, StandingEnds ends, OrgUnits units, MandateOffice office, MandateStops mandates, TimeProvider clock)
{
    private const int Batch = 50;

    /// <summary>Returns how many were due; a full batch means that more are. Null while another node is at it.</summary>
    public Task<int?> EndAsync(CancellationToken ct) => StorageLock.TryRunAsync(db, StorageLockName.StandingEnds, async () =>
    {
        var now = clock.GetUtcNow();
        int[] due = [await EndStandingsAsync(now, ct), await SettleUnitsAsync(now, ct), await EndMandatesAsync(now, ct), await StopOrphansAsync(ct)];
        await db.SaveChangesAsync(ct);
        return due.Max();
    }, ct);

    private async Task<int> EndStandingsAsync(DateTimeOffset now, CancellationToken ct)
    {
        var over = await db.Affiliations.Where(a => a.EndedAt == null && a.ValidTo != null && a.ValidTo <= now).OrderBy(a => a.ValidTo).Select(a => a.Id).Take(Batch).ToListAsync(ct);
        foreach (var id in over)
        {
            await ends.EndAsync(id, StandingEndReason.Expired, ct);
            await db.StaffRecords.Where(r => r.AffiliationId == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, StaffState.Left).SetProperty(r => r.ChangedAt, now), ct);
        }
        return over.Count;
    }

    private async Task<int> SettleUnitsAsync(DateTimeOffset now, CancellationToken ct)
    {
        var gone = await db.OrgUnits.Where(u => u.SettledAt == null && u.ValidTo != null && u.ValidTo <= now).OrderBy(u => u.ValidTo).Take(Batch).ToListAsync(ct);
        foreach (var unit in gone) await units.SettleAsync(unit, ct);
        return gone.Count;
    }

    /// <summary>An offer that nobody took up, or one that is suspended, has nothing to clear away.</summary>
    private async Task<int> EndMandatesAsync(DateTimeOffset now, CancellationToken ct)
    {
        var over = await db.Mandates.Where(m => m.EndedAt == null && m.SuspendedAt == null && m.AcceptedAt != null && m.ValidTo <= now)
            .OrderBy(m => m.ValidTo).Select(m => m.Id).Take(Batch).ToListAsync(ct);
        foreach (var id in over) await office.EndAsync(id, StandingEndReason.Expired, byPerson: null, ct);
        return over.Count;
    }

    private async Task<int> StopOrphansAsync(CancellationToken ct)
    {
        var orphans = await db.Mandates.Where(m => m.EndedAt == null && m.SuspendedAt == null)
            .Join(db.People.Where(p => p.Status != PersonStatus.Active), m => m.GrantorId, p => p.Id, (m, p) => m.Id).OrderBy(id => id).Take(Batch).ToListAsync(ct);
        await mandates.StopAsync(orphans, StandingEndReason.GrantorLost, ct);
        return orphans.Count;
    }
}
