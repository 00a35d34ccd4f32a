using Identity.Domain.Grants;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Sessions;

/// <summary>Parked requests. Every look-up is bound to the browser that parked it.</summary>
public sealed class PendingAuthenticationStore(IdentityDb db, TimeProvider clock)
{
    /// <summary>Long enough to fetch the phone, to install the e-ID application and to come back (ux.md §3.1: at least 30 minutes).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(60);

    /// <summary>Kept this long after its end so that a late page still knows which application to lead back to.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    /// <summary>An upstream answer is taken for this long after the trip began.</summary>
    public static readonly TimeSpan TripLifetime = TimeSpan.FromMinutes(30);

    public async Task<PendingAuthentication> ParkAsync(PendingAuthentication pending, CancellationToken ct)
    {
        db.PendingAuthentications.Add(pending);
        await db.SaveChangesAsync(ct);
        return pending;
    }

    /// <summary>The row, tracked, whatever its state; null when there is none in this browser.</summary>
    public Task<PendingAuthentication?> FindAsync(string id, string browserDigest, CancellationToken ct) =>
        db.PendingAuthentications.SingleOrDefaultAsync(p => p.Id == id && p.BrowserDigest == browserDigest, ct);

    /// <summary>Which application a request of another browser belonged to; enough to lead back, nothing else.</summary>
    public Task<string?> ClientOfAsync(string id, CancellationToken ct) =>
        db.PendingAuthentications.Where(p => p.Id == id).Select(p => p.ClientId).SingleOrDefaultAsync(ct);

    /// <summary>
    /// Takes the trip that an upstream answer belongs to: right state, right connector, this browser, once. Null is a replayed,
    /// foreign or late answer.
    /// </summary>
    public async Task<(PendingAuthentication Pending, string SealedTransaction)?> TakeTripAsync(string state, string connector, string browserDigest, CancellationToken ct)
    {
        var digest = BearerSecret.DigestOf(state);
        var now = clock.GetUtcNow();
        var pending = await db.PendingAuthentications.SingleOrDefaultAsync(
            p => p.StateDigest == digest && p.Connector == connector && p.BrowserDigest == browserDigest && p.ExpiresAt > now && p.ConcludedAt == null, ct);
        if (pending?.SealedTransaction is not { } trip) return null;
        var won = await db.PendingAuthentications.Where(p => p.Id == pending.Id && p.StateDigest == digest && p.SealedTransaction != null)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.SealedTransaction, (string?)null).SetProperty(p => p.StateDigest, (string?)null), ct);
        if (won != 1) return null;
        await db.Entry(pending).ReloadAsync(ct);
        return (pending, trip);
    }

    /// <summary>True for the one caller that may answer the parked request.</summary>
    public async Task<bool> ConcludeAsync(string id, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return await db.PendingAuthentications.Where(p => p.Id == id && p.ConcludedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.ConcludedAt, now), ct) == 1;
    }
}
