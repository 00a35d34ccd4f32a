using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Storage;
using Identity.Server.Login;
using Identity.Server.Oidc.Tokens;

namespace Identity.Server.Oidc.Token;

/// <summary>
/// RFC 6749 §4.1.3 with RFC 7636 and OpenID Connect Core §3.1.3. Redeeming the code opens its grant in the same statement; whatever
/// is found wrong after that ends the grant again, and the code stays burnt.
/// </summary>
public sealed class AuthorizationCodeGrant(IdentityDb db, GrantStore grants, GrantGate gate, LoginSession login, TokenIssuer issuer, AuditTrail trail, TokenAudit audit)
{
    public async Task<TokenOutcome> ExchangeAsync(Client client, RequestParameters form, CancellationToken ct)
    {
        if (!client.Allows(GrantType.AuthorizationCode)) return OidcError.UnauthorizedClient("the client has no authorization_code grant");
        if (form["code"] is not { } presented) return OidcError.InvalidRequest("code is missing");

        var refresh = client.Allows(GrantType.RefreshToken) ? RefreshTokenValue.New() : null;
        var entry = trail.Describe("code.redeemed", clientId: client.ClientId);
        if (await grants.RedeemCodeAsync(presented, client, refresh, login.Limits, entry, ct) is not { } code) return await RefuseLostAsync(client, presented, ct);
        if (FirstProblem(code, form) is { } problem) return await EndAsync(client, code.Opened.Grant, problem, ct);
        var (opened, refusal) = await gate.JudgeAsync(code.Opened, client, ct);
        if (refusal is { } why) return await EndAsync(client, opened.Grant, why.ToString(), ct);
        return await issuer.IssueAsync(client, opened, code.Opened.Grant.Offline ? refresh!.Value : null, code.Opened.Grant.Nonce, ct);
    }

    private static string? FirstProblem(OpenedCode code, RequestParameters form)
    {
        // RFC 6749 §4.1.3: identical to the one of the authorization request.
        if (form["redirect_uri"] != code.RedirectUri) return "redirect_uri differs";
        // RFC 9700 §2.1.1: a verifier without a challenge is a downgrade attempt, a challenge without a verifier a stolen code.
        if (code.CodeChallenge is null != form["code_verifier"] is null) return "PKCE downgrade";
        if (code.CodeChallenge is { } challenge && !Pkce.Matches(form["code_verifier"]!, challenge)) return "PKCE mismatch";
        return code.SessionIsLive ? null : "the session has ended";
    }

    private async Task<TokenOutcome> EndAsync(Client client, Grant opened, string problem, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await grants.RevokeAsync(opened.Id, "refused", ct);
        var refusal = await audit.RefuseAsync(client, OidcError.InvalidGrant(problem), ct, opened.PersonId);
        await transaction.CommitAsync(ct);
        return refusal;
    }

    private async Task<TokenOutcome> RefuseLostAsync(Client client, string presented, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var lost = await grants.JudgeLostCodeAsync(presented, client.ClientId, ct);
        var refusal = await audit.RefuseAsync(client, OidcError.InvalidGrant($"code {lost.Why}"), ct, lost.PersonId);
        await transaction.CommitAsync(ct);
        return refusal;
    }
}
