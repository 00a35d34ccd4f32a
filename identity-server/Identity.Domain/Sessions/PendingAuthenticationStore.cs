using Identity.Domain.Audit;
using Identity.Domain.Failures;
using Identity.Domain.Grants;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Sessions;

/// <summary>Parked requests. Every look-up is bound to the browser that parked it.</summary>
public sealed class PendingAuthenticationStore(IdentityDb db, IHotStatements statements, TimeProvider clock)
{
    /// <summary>Long enough to fetch the phone, to install the e-ID application and to come back (ux.md §3.1: at least 30 minutes).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(60);

    /// <summary>Kept this long after its end so that a late page still knows which application to lead back to.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    /// <summary>The row is written, not tracked: whoever goes on with it finds it first.</summary>
    public Task ParkAsync(PendingAuthentication pending, CancellationToken ct) => statements.ParkAsync(pending, ct);

    public Task SaveAsync(CancellationToken ct) => db.SaveChangesAsync(ct);

    /// <summary>The row, tracked, whatever its state; null when there is none in this browser. Read by hand: every sign-in page begins with it.</summary>
    public async Task<PendingAuthentication?> FindAsync(string id, string browserDigest, CancellationToken ct)
    {
        // Read before in this scope, perhaps changed and not saved: one row is one object.
        if (db.PendingAuthentications.Local.FindEntry(id) is { Entity: var known }) return known.BrowserDigest == browserDigest ? known : null;
        var pending = await statements.FindParkedAsync(id, browserDigest, ct);
        if (pending is not null) db.PendingAuthentications.Attach(pending);
        return pending;
    }

    /// <summary>Which application a request of another browser belonged to; enough to lead back, nothing else.</summary>
    public Task<string?> ClientOfAsync(string id, CancellationToken ct) =>
        db.PendingAuthentications.Where(p => p.Id == id).Select(p => p.ClientId).SingleOrDefaultAsync(ct);

    /// <summary>A request that can still be answered, whichever browser parked it; for whoever has come to it with the wrong one. Enough to explain, nothing to go on with.</summary>
    public Task<SeenElsewhere?> SeenElsewhereAsync(string id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.PendingAuthentications.Where(p => p.Id == id && p.ConcludedAt == null && p.ExpiresAt > now).Select(p => new SeenElsewhere(p.ClientId, p.Connector, p.CreatedAt, p.Steps, p.SealedTransaction != null)).SingleOrDefaultAsync(ct);
    }

    /// <summary>The request whose trip brought this answer, when another browser parked it: its address works there only.</summary>
    public Task<string?> IdByStateAsync(string state, string connector, CancellationToken ct)
    {
        var digest = BearerSecret.DigestOf(state);
        return db.PendingAuthentications.Where(p => p.StateDigest == digest && p.Connector == connector).Select(p => p.Id).SingleOrDefaultAsync(ct);
    }

    /// <summary>The request that an upstream answer belongs to: right state, right connector, this browser. Null is a foreign or forgotten answer.</summary>
    public Task<PendingAuthentication?> FindByStateAsync(string state, string connector, string browserDigest, CancellationToken ct)
    {
        var digest = BearerSecret.DigestOf(state);
        return db.PendingAuthentications.SingleOrDefaultAsync(p => p.StateDigest == digest && p.Connector == connector && p.BrowserDigest == browserDigest, ct);
    }

    /// <summary>Takes the secrets of a trip out of the row, once; null when somebody was faster or the trip took too long.</summary>
    public async Task<string?> TakeTripAsync(PendingAuthentication pending, CancellationToken ct)
    {
        var trip = pending.SealedTransaction;
        if (trip is null || pending.ConcludedAt is not null || pending.ExpiresAt <= clock.GetUtcNow()) return null;
        var steps = SignInSteps.Add(pending.Steps, SignInStep.Back, clock.GetUtcNow() - pending.CreatedAt);
        return await db.PendingAuthentications.Where(p => p.Id == pending.Id && p.SealedTransaction == trip)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.SealedTransaction, (string?)null).SetProperty(p => p.Steps, steps), ct) == 1 ? trip : null;
    }

    /// <summary>Takes a proved identity out of the row, once, so that no two requests start two sessions from one proof.</summary>
    public async Task<string?> TakeIdentityAsync(PendingAuthentication pending, CancellationToken ct)
    {
        var identity = pending.SealedIdentity;
        if (identity is null || pending.ConcludedAt is not null) return null;
        return await db.PendingAuthentications.Where(p => p.Id == pending.Id && p.SealedIdentity == identity)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.SealedIdentity, (string?)null), ct) == 1 ? identity : null;
    }

    /// <summary>True for the one caller that may answer the parked request; <paramref name="entry"/> says how it ended.</summary>
    public async Task<bool> ConcludeAsync(string id, AuditEvent entry, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        DateTimeOffset? now = clock.GetUtcNow();
        if (await db.PendingAuthentications.Where(p => p.Id == id && p.ConcludedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.ConcludedAt, now), ct) == 0) return false;
        db.AuditEvents.Add(entry);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}

/// <param name="IsAway">The browser that parked it is at the upstream.</param>
public sealed record SeenElsewhere(string? ClientId, string? Connector, DateTimeOffset StartedAt, string? Steps, bool IsAway);
