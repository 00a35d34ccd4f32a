using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Login;
using Identity.Server.Oidc.Tokens;

namespace Identity.Server.Oidc.Token;

/// <summary>RFC 6749 §4.1.3 with RFC 7636 and OpenID Connect Core §3.1.3. One transaction: whatever goes wrong after the code was burnt, it stays burnt.</summary>
public sealed class AuthorizationCodeGrant(IdentityDb db, GrantStore grants, GrantGate gate, SessionStore sessions, LoginSession login, TokenIssuer issuer, AuditTrail trail, TokenAudit audit)
{
    public async Task<TokenOutcome> ExchangeAsync(Client client, RequestParameters form, CancellationToken ct)
    {
        if (!client.Allows(GrantType.AuthorizationCode)) return OidcError.UnauthorizedClient("the client has no authorization_code grant");
        if (form["code"] is not { } presented) return OidcError.InvalidRequest("code is missing");

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var redemption = await grants.RedeemCodeAsync(presented, client.ClientId, ct);
        var outcome = redemption is CodeRedemption.Redeemed { Code: var code }
            ? await JudgeAsync(client, code, form, ct) is { } refusal ? await audit.RefuseAsync(client, refusal, ct, code.PersonId) : await IssueAsync(client, code, ct)
            : await audit.RefuseAsync(client, OidcError.InvalidGrant($"code {redemption.GetType().Name}"), ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    private async Task<OidcError?> JudgeAsync(Client client, AuthorizationCode code, RequestParameters form, CancellationToken ct)
    {
        // RFC 6749 §4.1.3: identical to the one of the authorization request.
        if (form["redirect_uri"] != code.RedirectUri) return OidcError.InvalidGrant("redirect_uri differs");
        // RFC 9700 §2.1.1: a verifier without a challenge is a downgrade attempt, a challenge without a verifier a stolen code.
        if (code.CodeChallenge is null != form["code_verifier"] is null) return OidcError.InvalidGrant("PKCE downgrade");
        if (code.CodeChallenge is { } challenge && !Pkce.Matches(form["code_verifier"]!, challenge)) return OidcError.InvalidGrant("PKCE mismatch");
        if (!await sessions.IsLiveAsync(code.SessionId, login.Limits, ct)) return OidcError.InvalidGrant("the session has ended");
        return await gate.CheckAsync(code.PersonId, client, code.Connector, ct) is { } why ? OidcError.InvalidGrant(why.ToString()) : null;
    }

    private async Task<TokenOutcome> IssueAsync(Client client, AuthorizationCode code, CancellationToken ct)
    {
        var offline = code.Scope.Split(' ').Contains(Scope.OfflineAccess) && client.Allows(GrantType.RefreshToken);
        var opened = grants.Open(code, offline ? RefreshTerms.Of(client) : null);
        trail.Add("token.issued", personId: code.PersonId, clientId: client.ClientId, sessionId: code.SessionId, detail: "authorization_code");
        await db.SaveChangesAsync(ct);
        return await issuer.IssueAsync(client, opened.Grant, opened.RefreshToken?.Value, opened.Grant.Nonce, ct);
    }
}
