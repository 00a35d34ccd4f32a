using Identity.Domain.Audit;
using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Factors;

/// <summary>The last way back: wait a day with a notice to every known contact, then set up anew. One at a time per person.</summary>
public sealed class RecoveryRequests(IdentityDb db, PersonFactors factors, NoticeBoard board, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The request that runs or may be used now; null when there is none.</summary>
    public Task<RecoveryRequest?> RunningAsync(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.RecoveryRequests.AsNoTracking().Where(r => r.PersonId == personId && r.CancelledAt == null && r.UsedAt == null && r.ExpiresAt > now)
            .OrderByDescending(r => r.BeganAt).FirstOrDefaultAsync(ct);
    }

    /// <summary>Begins the wait and tells every known contact; the running one when there is one already. The caller commits.</summary>
    public async Task<RecoveryRequest> BeginAsync(Guid personId, NoticeFacts facts, CancellationToken ct)
    {
        await PersonLock.HoldAsync(db, personId, ct);
        if (await RunningAsync(personId, ct) is { } running) return running;
        var now = clock.GetUtcNow();
        var request = new RecoveryRequest
        {
            PersonId = personId,
            BeganAt = now,
            RipeAt = now + RecoveryRequest.Wait,
            ExpiresAt = now + RecoveryRequest.Wait + RecoveryRequest.Open,
        };
        db.RecoveryRequests.Add(request);
        audit.Add("recovery.began", personId: personId);
        await board.TellAsync(personId, NoticeKind.RecoveryStarted, facts, ct);
        return request;
    }

    /// <summary>Two administrators have seen the person: no wait, and an hour instead of a week. Whatever ran before is over. The caller commits.</summary>
    public async Task GrantAsync(Guid personId, NoticeFacts facts, CancellationToken ct)
    {
        await PersonLock.HoldAsync(db, personId, ct);
        var now = clock.GetUtcNow();
        await db.RecoveryRequests.Where(r => r.PersonId == personId && r.CancelledAt == null && r.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelledAt, (DateTimeOffset?)now), ct);
        db.RecoveryRequests.Add(new() { PersonId = personId, BeganAt = now, RipeAt = now, ExpiresAt = now + RecoveryRequest.Granted });
        audit.Add("recovery.granted", personId: personId);
        await board.TellAsync(personId, NoticeKind.RecoveryGranted, facts, ct);
    }

    /// <summary>
    /// By whoever is signed in as the person, with whatever they have: a no counts more than a yes. True when something was stopped.
    /// The letters hold no link to do it with, like all our letters.
    /// </summary>
    public async Task<bool> CancelAsync(Guid personId, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await db.RecoveryRequests.Where(r => r.PersonId == personId && r.CancelledAt == null && r.UsedAt == null && r.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelledAt, now), ct) == 0) return false;
        audit.Add("recovery.cancelled", personId: personId);
        await db.SaveChangesAsync(ct);
        if (transaction is not null) await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>
    /// The day is over: what was lost is removed, all of it, because whoever found it must not get in with it. One condition decides;
    /// the caller commits.
    /// </summary>
    public async Task<bool> UseAsync(Guid personId, NoticeFacts facts, CancellationToken ct)
    {
        await PersonLock.HoldAsync(db, personId, ct);
        DateTimeOffset? now = clock.GetUtcNow();
        if (await db.RecoveryRequests.Where(r => r.PersonId == personId && r.CancelledAt == null && r.UsedAt == null && r.RipeAt <= now && r.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, now), ct) == 0) return false;
        await factors.RemoveAllAsync(personId, facts, ct);
        audit.Add("recovery.used", personId: personId);
        await board.TellAsync(personId, NoticeKind.RecoveryFinished, facts, ct);
        return true;
    }
}
