using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Grants;

/// <summary>
/// One-time and rotating secrets. Every verdict is the row count of one conditional statement; nothing here reads first and
/// writes later. Callers run a whole token request in one transaction of <see cref="IdentityDb"/>, audit row included.
/// </summary>
public sealed class GrantStore(IdentityDb db, TimeProvider clock)
{
    public BearerSecret AddCode(Func<string, AuthorizationCode> describe)
    {
        var secret = BearerSecret.New();
        db.AuthorizationCodes.Add(describe(secret.Digest));
        return secret;
    }

    /// <summary>Burns the code for this client. A second redemption by the same client revokes the grant that the first one opened (RFC 6749 §4.1.2).</summary>
    public async Task<CodeRedemption> RedeemCodeAsync(string code, string clientId, CancellationToken ct)
    {
        var digest = BearerSecret.DigestOf(code);
        var now = clock.GetUtcNow();
        var won = await db.AuthorizationCodes
            .Where(c => c.Digest == digest && c.ClientId == clientId && c.RedeemedAt == null && c.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RedeemedAt, now), ct);
        // Another client's code: burn it as well, whoever holds it should not (O2). Its owner then learns at redemption.
        var row = await db.AuthorizationCodes.AsNoTracking().SingleOrDefaultAsync(c => c.Digest == digest, ct);
        if (row is null) return new CodeRedemption.Unknown();
        if (won == 1) return new CodeRedemption.Redeemed(row);
        if (row.ClientId != clientId)
        {
            await db.AuthorizationCodes.Where(c => c.Digest == digest && c.RedeemedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.RedeemedAt, now), ct);
            return new CodeRedemption.Foreign(row);
        }
        if (row.RedeemedAt is null) return new CodeRedemption.Expired(row);
        await RevokeAsync(row.GrantId, "code_replayed", ct);
        return new CodeRedemption.Replayed(row);
    }

    /// <summary>Opens the grant a code stands for; returns its first refresh token when <paramref name="refresh"/> says so.</summary>
    public OpenedGrant Open(AuthorizationCode code, RefreshTerms? refresh)
    {
        var now = clock.GetUtcNow();
        var token = refresh is null ? null : RefreshTokenValue.New();
        var grant = new Grant
        {
            Id = code.GrantId,
            ClientId = code.ClientId,
            PersonId = code.PersonId,
            SessionId = code.SessionId,
            Scope = code.Scope,
            ClaimsRequest = code.ClaimsRequest,
            ReleasedAttributes = code.ReleasedAttributes,
            Nonce = code.Nonce,
            Acr = code.Acr,
            Amr = code.Amr,
            Proofing = code.Proofing,
            Connector = code.Connector,
            AuthenticatedAt = code.AuthenticatedAt,
            CreatedAt = now,
            RefreshHandle = token?.Handle,
            RefreshDigest = token?.Secret.Digest,
            RefreshExpiresAt = now + refresh?.Lifetime,
            RefreshIdleAt = now + refresh?.Idle,
            Offline = refresh is not null,
        };
        db.Grants.Add(grant);
        return new OpenedGrant(grant, token);
    }

    /// <summary>
    /// Replaces the presented refresh token by its successor. A lost answer may be asked for again within <paramref name="terms"/>'
    /// grace and yields the very same successor; any other second use ends the family (RFC 9700 §4.14.2).
    /// </summary>
    public async Task<RefreshRotation> RotateAsync(RefreshTokenValue presented, string clientId, RefreshTerms terms, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var digest = presented.Secret.Digest;
        var salt = BearerSecret.NewIdentifier();
        var successor = presented.Successor(salt);
        var idle = now + terms.Idle;
        var successorDigest = successor.Secret.Digest;
        var won = await db.Grants
            .Where(g => g.RefreshHandle == presented.Handle && g.ClientId == clientId && g.RefreshDigest == digest
                && g.RevokedAt == null && g.RefreshExpiresAt > now && g.RefreshIdleAt > now)
            .ExecuteUpdateAsync(set => set
                .SetProperty(g => g.PreviousRefreshDigest, digest)
                .SetProperty(g => g.RefreshDigest, successorDigest)
                .SetProperty(g => g.RotationSalt, salt)
                .SetProperty(g => g.RotatedAt, now)
                .SetProperty(g => g.RefreshIdleAt, idle), ct);
        var grant = await db.Grants.AsNoTracking().SingleOrDefaultAsync(g => g.RefreshHandle == presented.Handle && g.ClientId == clientId, ct);
        if (grant is null) return new RefreshRotation.Unknown();
        if (won == 1) return new RefreshRotation.Rotated(grant, successor);
        if (grant.RevokedAt is not null) return new RefreshRotation.Ended(grant, "revoked");
        if (grant.RefreshDigest == digest) return new RefreshRotation.Ended(grant, "expired");
        // Without a grace the times must not even be compared: a loser that waited for the winner's lock read its clock before the winner did.
        if (terms.Grace > TimeSpan.Zero && grant.PreviousRefreshDigest == digest && grant.RotatedAt + terms.Grace > now)
            return new RefreshRotation.Rotated(grant, presented.Successor(grant.RotationSalt!)) { Repeated = true };
        await RevokeAsync(grant.Id, "refresh_token_reused", ct);
        return new RefreshRotation.Reused(grant);
    }

    public Task<Grant?> FindByRefreshHandleAsync(string handle, CancellationToken ct) =>
        db.Grants.AsNoTracking().SingleOrDefaultAsync(g => g.RefreshHandle == handle, ct);

    public Task<Grant?> FindAsync(Guid grantId, CancellationToken ct) =>
        db.Grants.AsNoTracking().SingleOrDefaultAsync(g => g.Id == grantId, ct);

    public Task<bool> IsRevokedAsync(string tokenId, CancellationToken ct) =>
        db.RevokedTokens.AnyAsync(t => t.TokenId == tokenId, ct);

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

    /// <summary>The session is over: what is not offline ends with it.</summary>
    public Task<int> RevokeSessionAsync(Guid sessionId, bool includeOffline, string reason, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return db.Grants.Where(g => g.SessionId == sessionId && g.RevokedAt == null && (includeOffline || !g.Offline))
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.RevokedAt, now).SetProperty(g => g.RevokedReason, reason), ct);
    }

    /// <summary>The person signed out of one application; the session goes on without it. Offline grants go on too.</summary>
    public Task<int> RevokeInSessionAsync(Guid sessionId, string clientId, string reason, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return db.Grants.Where(g => g.SessionId == sessionId && g.ClientId == clientId && g.RevokedAt == null && !g.Offline)
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
