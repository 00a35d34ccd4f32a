using Identity.Domain.Audit;
using Identity.Domain.Grants;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Factors;

/// <summary>The last way back: wait a day with a notice to every known contact, then set up anew. One at a time per person.</summary>
public sealed class RecoveryRequests(IdentityDb db, PersonFactors factors, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The request that runs or may be used now; null when there is none.</summary>
    public Task<RecoveryRequest?> RunningAsync(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.RecoveryRequests.AsNoTracking().Where(r => r.PersonId == personId && r.CancelledAt == null && r.UsedAt == null && r.ExpiresAt > now)
            .OrderByDescending(r => r.BeganAt).FirstOrDefaultAsync(ct);
    }

    /// <summary>Begins the wait and returns the secret of its cancel link; the running one, with no secret, when there is one already. The caller commits, with the notices.</summary>
    public async Task<(RecoveryRequest Request, BearerSecret? Cancel)> BeginAsync(Guid personId, CancellationToken ct)
    {
        await PersonLock.HoldAsync(db, personId, ct);
        if (await RunningAsync(personId, ct) is { } running) return (running, null);
        var (now, cancel) = (clock.GetUtcNow(), BearerSecret.New());
        var request = new RecoveryRequest
        {
            PersonId = personId,
            BeganAt = now,
            RipeAt = now + RecoveryRequest.Wait,
            ExpiresAt = now + RecoveryRequest.Wait + RecoveryRequest.Open,
            CancelDigest = cancel.Digest,
        };
        db.RecoveryRequests.Add(request);
        audit.Add("recovery.began", personId: personId);
        return (request, cancel);
    }

    /// <summary>By the link in a notice, or by its owner who is signed in. True when something was stopped.</summary>
    public async Task<bool> CancelAsync(string secret, CancellationToken ct)
    {
        var digest = BearerSecret.DigestOf(secret);
        return await StopAsync(db.RecoveryRequests.Where(r => r.CancelDigest == digest), ct);
    }

    public Task<bool> CancelOfAsync(Guid personId, CancellationToken ct) => StopAsync(db.RecoveryRequests.Where(r => r.PersonId == personId), ct);

    /// <summary>
    /// The day is over: what was lost is removed, all of it, because whoever found it must not get in with it. One condition decides;
    /// the caller commits.
    /// </summary>
    public async Task<bool> UseAsync(Guid personId, CancellationToken ct)
    {
        await PersonLock.HoldAsync(db, personId, ct);
        DateTimeOffset? now = clock.GetUtcNow();
        if (await db.RecoveryRequests.Where(r => r.PersonId == personId && r.CancelledAt == null && r.UsedAt == null && r.RipeAt <= now && r.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, now), ct) == 0) return false;
        await factors.RemoveAllAsync(personId, ct);
        audit.Add("recovery.used", personId: personId);
        return true;
    }

    private async Task<bool> StopAsync(IQueryable<RecoveryRequest> requests, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var open = requests.Where(r => r.CancelledAt == null && r.UsedAt == null && r.ExpiresAt > now);
        var person = await open.Select(r => (Guid?)r.PersonId).FirstOrDefaultAsync(ct);
        if (person is null || await open.ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelledAt, now), ct) == 0) return false;
        audit.Add("recovery.cancelled", personId: person);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
