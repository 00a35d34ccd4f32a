using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Grants;

/// <summary>
/// One-time and rotating secrets. Every verdict is the row count of one conditional statement; nothing here reads first and
/// writes later. The common way is one hand-written statement; who loses it is told why by a slower one, in a transaction of the caller.
/// </summary>
public sealed class GrantStore(IdentityDb db, IHotStatements statements, TimeProvider clock)
{
    /// <summary>The code, and with it the end of the parked request that it answers; null when that has been answered already.</summary>
    public async Task<BearerSecret?> AddCodeAsync(Func<string, AuthorizationCode> describe, PendingAuthentication? answers, AuditEvent entry, CancellationToken ct)
    {
        var secret = BearerSecret.New();
        return await statements.AddCodeAsync(describe(secret.Digest), answers?.Id, entry, ct) ? secret : null;
    }

    /// <summary>Burns the code for this client and opens its grant; null when that was not possible, and <see cref="JudgeLostCodeAsync"/> says why.</summary>
    /// <param name="refresh">The grant's first refresh token, kept only if <c>offline_access</c> was granted.</param>
    public Task<OpenedCode?> RedeemCodeAsync(string code, Client client, RefreshTokenValue? refresh, SessionLimits limits, AuditEvent entry, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return statements.RedeemCodeAsync(
            new(BearerSecret.DigestOf(code), client.ClientId, SubjectLedger.SectorOf(client), now, now - limits.Idle, refresh, refresh is null ? null : RefreshTerms.Of(client)), entry, ct);
    }

    /// <summary>A second redemption by the same client revokes the grant that the first one opened (RFC 6749 §4.1.2).</summary>
    public async Task<LostCode> JudgeLostCodeAsync(string code, string clientId, CancellationToken ct)
    {
        var digest = BearerSecret.DigestOf(code);
        var now = clock.GetUtcNow();
        var row = await db.AuthorizationCodes.AsNoTracking().SingleOrDefaultAsync(c => c.Digest == digest, ct);
        if (row is null) return new LostCode(LostCodeReason.Unknown, null);
        if (row.ClientId != clientId)
        {
            // Burn it as well, whoever holds it should not (O2). Its owner then learns at redemption.
            await db.AuthorizationCodes.Where(c => c.Digest == digest && c.RedeemedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.RedeemedAt, now), ct);
            return new LostCode(LostCodeReason.Foreign, row.PersonId);
        }
        if (row.RedeemedAt is null) return new LostCode(LostCodeReason.Expired, row.PersonId);
        await RevokeAsync(row.GrantId, "code_replayed", ct);
        return new LostCode(LostCodeReason.Replayed, row.PersonId);
    }

    /// <summary>Replaces the presented refresh token by its successor; null when it is not the current one, and <see cref="JudgeLostRotationAsync"/> says why.</summary>
    public async Task<(StandingGrant Grant, RefreshTokenValue Token)?> RotateAsync(RefreshTokenValue presented, Client client, AuditEvent entry, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var salt = BearerSecret.NewIdentifier();
        var successor = presented.Successor(salt);
        var rotated = await statements.RotateAsync(new(presented.Handle, presented.Secret.Digest, client.ClientId, SubjectLedger.SectorOf(client),
            successor.Secret.Digest, salt, now, now + RefreshTerms.Of(client).Idle), entry, ct);
        return rotated is null ? null : (rotated, successor);
    }

    /// <summary>
    /// A lost answer may be asked for again within <paramref name="terms"/>' grace and yields the very same successor; any other
    /// second use ends the family (RFC 9700 §4.14.2).
    /// </summary>
    public async Task<LostRotation> JudgeLostRotationAsync(RefreshTokenValue presented, string clientId, RefreshTerms terms, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var digest = presented.Secret.Digest;
        var grant = await db.Grants.AsNoTracking().SingleOrDefaultAsync(g => g.RefreshHandle == presented.Handle && g.ClientId == clientId, ct);
        if (grant is null) return new LostRotation.Unknown();
        if (grant.RevokedAt is not null) return new LostRotation.Ended(grant, "revoked");
        if (grant.RefreshDigest == digest) return new LostRotation.Ended(grant, "expired");
        // Without a grace the times must not even be compared: a loser that waited for the winner's lock read its clock before the winner did.
        if (terms.Grace > TimeSpan.Zero && grant.PreviousRefreshDigest == digest && grant.RotatedAt + terms.Grace > now)
            return new LostRotation.Repeated(grant, presented.Successor(grant.RotationSalt!));
        await RevokeAsync(grant.Id, "refresh_token_reused", ct);
        return new LostRotation.Reused(grant);
    }

    /// <summary>What stands behind an access token of a person today; null when the token or its grant has ended.</summary>
    public Task<StandingGrant?> FindStandingAsync(string tokenId, Guid grantId, Client client, bool withAttributes, CancellationToken ct) =>
        statements.FindGrantAsync(tokenId, grantId, SubjectLedger.SectorOf(client), withAttributes, ct);

    public Task<Grant?> FindByRefreshHandleAsync(string handle, CancellationToken ct) =>
        db.Grants.AsNoTracking().SingleOrDefaultAsync(g => g.RefreshHandle == handle, ct);

    public Task<Grant?> FindAsync(Guid grantId, CancellationToken ct) =>
        db.Grants.AsNoTracking().SingleOrDefaultAsync(g => g.Id == grantId, ct);

    public Task<bool> IsRevokedAsync(string tokenId, CancellationToken ct) => statements.IsRevokedAsync(tokenId, ct);

    /// <summary>True when this call ended the grant, false when it had ended before or never was.</summary>
    public async Task<bool> RevokeAsync(Guid grantId, string reason, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return await db.Grants.Where(g => g.Id == grantId && g.RevokedAt == null).ExecuteUpdateAsync(set => set
            .SetProperty(g => g.RevokedAt, now).SetProperty(g => g.RevokedReason, reason), ct) == 1;
    }

    /// <summary>Everything a client holds for a person ends: consent withdrawn, service stopped.</summary>
    public Task<int> RevokeAllAsync(Guid personId, string clientId, string reason, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return db.Grants.Where(g => g.PersonId == personId && g.ClientId == clientId && g.RevokedAt == null).ExecuteUpdateAsync(set => set
            .SetProperty(g => g.RevokedAt, now).SetProperty(g => g.RevokedReason, reason), ct);
    }

    /// <summary>The right to act for somebody is over: what was opened by it ends, offline or not.</summary>
    /// <param name="capacities"><see cref="Delegation.Capacity.Id"/> of each right that ended.</param>
    /// <param name="spared">Clients at which it goes on.</param>
    public Task<int> RevokeCapacitiesAsync(IReadOnlyCollection<string> capacities, IReadOnlyCollection<string> spared, string reason, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return db.Grants.Where(g => g.Capacity != null && capacities.Contains(g.Capacity) && !spared.Contains(g.ClientId) && g.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.RevokedAt, now).SetProperty(g => g.RevokedReason, reason), ct);
    }

    /// <summary>The session is over: what is not offline ends with it.</summary>
    public Task<int> RevokeSessionAsync(Guid sessionId, bool includeOffline, string reason, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return db.Grants.Where(g => g.SessionId == sessionId && g.RevokedAt == null && (includeOffline || !g.Offline))
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.RevokedAt, now).SetProperty(g => g.RevokedReason, reason), ct);
    }

    /// <summary>The person signed out of one application; the session goes on without it.</summary>
    public Task<int> RevokeInSessionAsync(Guid sessionId, string clientId, bool includeOffline, string reason, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return db.Grants.Where(g => g.SessionId == sessionId && g.ClientId == clientId && g.RevokedAt == null && (includeOffline || !g.Offline))
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.RevokedAt, now).SetProperty(g => g.RevokedReason, reason), ct);
    }

    /// <summary>Ends a single access token before its time; its grant lives on. True when this call did it.</summary>
    public async Task<bool> RevokeTokenAsync(string tokenId, DateTimeOffset expiresAt, CancellationToken ct)
    {
        var until = expiresAt.UtcDateTime;
        return await db.Database.ExecuteSqlAsync(
            $"INSERT INTO revoked_tokens (token_id, expires_at) VALUES ({tokenId}, {until}) ON CONFLICT (token_id) DO NOTHING", ct) == 1;
    }
}
