using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Storage;
using Identity.Server.Oidc.Tokens;

namespace Identity.Server.Oidc.Token;

/// <summary>RFC 6749 §6 with the rotation of RFC 9700 §4.14.2.</summary>
public sealed class RefreshTokenGrant(IdentityDb db, GrantStore grants, GrantGate gate, TokenIssuer issuer, AuditTrail trail, TokenAudit audit)
{
    public async Task<TokenOutcome> ExchangeAsync(Client client, RequestParameters form, CancellationToken ct)
    {
        if (!client.Allows(GrantType.RefreshToken)) return OidcError.UnauthorizedClient("the client has no refresh_token grant");
        if (form["refresh_token"] is not { } value) return OidcError.InvalidRequest("refresh_token is missing");
        if (RefreshTokenValue.Parse(value) is not { } presented) return OidcError.InvalidGrant("refresh token of no known shape");

        // A wish for more than was granted is refused before the token is spent: the client may correct itself.
        if (form["scope"] is { } wish && await grants.FindByRefreshHandleAsync(presented.Handle, ct) is { } before && before.ClientId == client.ClientId && Narrowed(before.Scope, wish) is null)
            return await audit.RefuseAsync(client, OidcError.InvalidScope("wider than granted"), ct, before.PersonId);

        var entry = trail.Describe("refresh_token.rotated", clientId: client.ClientId);
        if (await grants.RotateAsync(presented, client, entry, ct) is not var (rotated, token)) return await JudgeLostAsync(client, presented, form, ct);
        var (grant, refusal) = await gate.JudgeAsync(rotated, client, ct);
        if (refusal is { } why) return await EndAsync(client, grant.Grant, why, ct);
        // OpenID Connect Core §12.2: an ID token at refresh keeps auth_time and carries no nonce.
        return await issuer.IssueAsync(client, grant, token.Value, nonce: null, ct, Narrowed(grant.Grant.Scope, form["scope"]));
    }

    private async Task<TokenOutcome> JudgeLostAsync(Client client, RefreshTokenValue presented, RequestParameters form, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var outcome = await grants.JudgeLostRotationAsync(presented, client.ClientId, RefreshTerms.Of(client), ct) switch
        {
            LostRotation.Repeated repeated => await RepeatAsync(client, repeated, form, ct),
            LostRotation.Reused { Grant: var grant } => await audit.RefuseAsync(client, OidcError.InvalidGrant("refresh token reused, family revoked"), ct, grant.PersonId),
            LostRotation.Ended { Grant: var grant, Why: var why } => await audit.RefuseAsync(client, OidcError.InvalidGrant($"refresh token {why}"), ct, grant.PersonId),
            _ => await audit.RefuseAsync(client, OidcError.InvalidGrant("refresh token unknown or another client's"), ct),
        };
        await transaction.CommitAsync(ct);
        return outcome;
    }

    private async Task<TokenOutcome> RepeatAsync(Client client, LostRotation.Repeated repeated, RequestParameters form, CancellationToken ct)
    {
        if (await grants.FindStandingAsync(tokenId: "", repeated.Grant.Id, client, withAttributes: false, ct) is not { } found)
            return await audit.RefuseAsync(client, OidcError.InvalidGrant("refresh token revoked"), ct, repeated.Grant.PersonId);
        var (grant, refusal) = await gate.JudgeAsync(found, client, ct);
        if (refusal is { } why) return await EndAsync(client, repeated.Grant, why, ct);
        trail.Add("refresh_token.repeated", personId: repeated.Grant.PersonId, clientId: client.ClientId, sessionId: repeated.Grant.SessionId);
        await db.SaveChangesAsync(ct);
        return await issuer.IssueAsync(client, grant, repeated.Token.Value, nonce: null, ct, Narrowed(repeated.Grant.Scope, form["scope"]));
    }

    private async Task<TokenOutcome> EndAsync(Client client, Grant grant, UseRefusal refusal, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await grants.RevokeAsync(grant.Id, refusal.ToString(), ct);
        var refused = await audit.RefuseAsync(client, OidcError.InvalidGrant(refusal.ToString()), ct, grant.PersonId);
        if (transaction is not null) await transaction.CommitAsync(ct);
        return refused;
    }

    /// <summary>The scope of this answer: all that was granted, or the part asked for; null when more is asked for.</summary>
    private static string? Narrowed(string granted, string? requested)
    {
        if (requested is null) return granted;
        var have = granted.Split(' ');
        var want = requested.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return want.Length > 0 && want.All(have.Contains) ? string.Join(' ', want) : null;
    }
}
