using Identity.Domain.Administration;
using Identity.Domain.Factors;
using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Desk;

/// <summary>
/// Recovery with two administrators: one has the person before them and asks, another one says yes, and for an hour the person's own
/// first step is enough to set up the second ones anew. Neither can do both halves, and nobody does either for themselves.
/// </summary>
public sealed class RecoveryAids(IdentityDb db, PersonLookUps lookUps, PersonReach reach, RecoveryRequests recoveries, DeskLedger ledger, TimeProvider clock)
{
    public async Task<DeskRefusal?> RequestAsync(AdminActor actor, Guid lookUpId, string? caseNumber, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (actor.IsMachine) return DeskRefusal.NeedsHuman;
        if (await lookUps.FindAsync(actor, lookUpId, ct) is not { } lookUp) return DeskRefusal.NotThere;
        if (await reach.JudgeDeedAsync(actor, Permission.ApproveRecovery, lookUp.PersonId, ct) is { } refusal) return refusal;
        if (CaseNumbers.IsMissing(caseNumber)) return DeskRefusal.CaseIsMissing;
        if (CaseNumbers.IsWrong(caseNumber)) return DeskRefusal.CaseIsWrong;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PersonLock.HoldAsync(db, lookUp.PersonId, ct);
        await SettleAsync(db.RecoveryAids.Where(a => a.PersonId == lookUp.PersonId && a.DecidedAt == null && a.ExpiresAt <= now), actor.PersonId, approved: false, now, ct);
        if (await db.RecoveryAids.AnyAsync(a => a.PersonId == lookUp.PersonId && a.DecidedAt == null, ct)) return DeskRefusal.IsSoAlready;
        db.RecoveryAids.Add(new() { PersonId = lookUp.PersonId, CaseNumber = caseNumber!.Trim(), RequestedBy = actor.PersonId, RequestedAt = now, ExpiresAt = now + RecoveryAid.Open });
        await ledger.AddRecoveryAsync(actor, lookUp.PersonId, "recovery.requested", caseNumber.Trim(), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    public async Task<DeskRefusal?> DecideAsync(AdminActor actor, Guid id, bool approve, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.RecoveryAids.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } aid) return DeskRefusal.NotThere;
        if (await reach.JudgeDeedAsync(actor, Permission.ApproveRecovery, aid.PersonId, ct) is { } refusal) return refusal;
        if (approve && actor.IsMachine) return DeskRefusal.NeedsHuman;
        if (approve && aid.RequestedBy == actor.PersonId) return DeskRefusal.NeedsAnother;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await SettleAsync(db.RecoveryAids.Where(a => a.Id == id && a.DecidedAt == null && a.ExpiresAt > now), actor.Holder, approve, now, ct) == 0) return DeskRefusal.IsSoAlready;
        await ledger.AddRecoveryAsync(actor, aid.PersonId, approve ? "recovery.approved" : "recovery.declined", aid.CaseNumber, ct);
        if (approve) await recoveries.GrantAsync(aid.PersonId, NoticeFacts.None, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    private static Task<int> SettleAsync(IQueryable<RecoveryAid> aids, Guid by, bool approved, DateTimeOffset now, CancellationToken ct)
    {
        DateTimeOffset? at = now;
        return aids.ExecuteUpdateAsync(set => set.SetProperty(a => a.DecidedAt, at).SetProperty(a => a.DecidedBy, (Guid?)by).SetProperty(a => a.Approved, (bool?)approved), ct);
    }
}
