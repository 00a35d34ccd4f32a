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

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var outcome = await JudgeAsync(client, presented, form, ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    private async Task<TokenOutcome> JudgeAsync(Client client, RefreshTokenValue presented, RequestParameters form, CancellationToken ct)
    {
        // A wish for more than was granted is refused before the token is spent: the client may correct itself.
        var before = await grants.FindByRefreshHandleAsync(presented.Handle, ct);
        if (before is not null && before.ClientId == client.ClientId && Narrowed(before.Scope, form["scope"]) is null)
            return await audit.RefuseAsync(client, OidcError.InvalidScope("wider than granted"), ct, before.PersonId);

        switch (await grants.RotateAsync(presented, client.ClientId, RefreshTerms.Of(client), ct))
        {
            case RefreshRotation.Rotated { Grant: var grant, Token: var token } rotated:
                if (await gate.CheckAsync(grant.PersonId, client, grant.Connector, ct) is { } refusal)
                {
                    await grants.RevokeAsync(grant.Id, refusal.ToString(), ct);
                    return await audit.RefuseAsync(client, OidcError.InvalidGrant(refusal.ToString()), ct, grant.PersonId);
                }
                trail.Add("token.issued", personId: grant.PersonId, clientId: client.ClientId, sessionId: grant.SessionId,
                    detail: rotated.Repeated ? "refresh_token, answer repeated" : "refresh_token");
                await db.SaveChangesAsync(ct);
                // OpenID Connect Core §12.2: an ID token at refresh keeps auth_time and carries no nonce.
                return await issuer.IssueAsync(client, grant, token.Value, nonce: null, ct, Narrowed(grant.Scope, form["scope"]));
            case RefreshRotation.Reused { Grant: var grant }:
                return await audit.RefuseAsync(client, OidcError.InvalidGrant("refresh token reused, family revoked"), ct, grant.PersonId);
            case RefreshRotation.Ended { Grant: var grant, Why: var why }:
                return await audit.RefuseAsync(client, OidcError.InvalidGrant($"refresh token {why}"), ct, grant.PersonId);
            default:
                return await audit.RefuseAsync(client, OidcError.InvalidGrant("refresh token unknown or another client's"), ct);
        }
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
