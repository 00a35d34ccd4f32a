using Identity.Domain.Assurance;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.Grants;
using Identity.Domain.Sessions;
using Identity.Server.Http;
using Identity.Server.Login;

namespace Identity.Server.Oidc.Authorize;

/// <summary>Answers an authorization request: a code, an error for the application, or an error that is only shown.</summary>
public sealed class AuthorizeAnswer(GrantStore grants, PendingAuthenticationStore pendings, AuditTrail trail, AuditWriter writer, AuthorizeResponse response,
    ErrorPage errors, TimeProvider clock)
{
    /// <param name="reached">What of the session counts for this request.</param>
    public async Task IssueAsync(HttpContext http, AuthorizeRequest request, Session session, AuthenticationContext reached, Capacity capacity, ReleaseDecision? released,
        PendingAuthentication? pending)
    {
        var ct = http.RequestAborted;
        var entry = trail.Describe("code.issued", personId: session.PersonId, clientId: request.Client.ClientId, sessionId: session.Id, connector: session.Connector,
            detail: capacity.IsSelf ? null : $"{capacity.Id} for {capacity.Party}");
        // Concluded together with its code: a failure in between must not leave a person who has done everything without an answer.
        var code = await grants.AddCodeAsync(digest => new AuthorizationCode
        {
            Digest = digest,
            ClientId = request.Client.ClientId,
            PersonId = session.PersonId,
            SessionId = session.Id,
            RedirectUri = request.Target.RedirectUri,
            CodeChallenge = request.CodeChallenge,
            Nonce = request.Nonce,
            Scope = string.Join(' ', request.Scopes),
            ClaimsRequest = request.RawClaims,
            ReleasedAttributes = released?.Claims,
            Capacity = capacity.IsSelf ? null : capacity.Id,
            Acr = reached.Acr,
            Amr = string.Join(' ', reached.Amr),
            Proofing = session.Proofing,
            Connector = session.Connector,
            AuthenticatedAt = reached.AuthenticatedAt,
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = clock.GetUtcNow() + request.Client.AuthorizationCodeLifetime,
        }, pending, entry, ct);
        if (code is { } secret) await response.SendAsync(http, request.Target, [new("code", secret.Value)]);
        else http.SeeOther(LoginAddress.Page(pending!.Id, "expired"));
    }

    public async Task RefuseAsync(HttpContext http, AnswerTarget target, OidcError error, PendingAuthentication? pending)
    {
        var entry = trail.Describe("authorize.refused", error.Code, clientId: target.ClientId, detail: error.LogDetail);
        if (pending is null) await writer.WriteAsync(entry, http.RequestAborted);
        else if (!await pendings.ConcludeAsync(pending.Id, entry, http.RequestAborted))
        {
            http.SeeOther(LoginAddress.Page(pending.Id, "expired"));
            return;
        }
        await response.SendAsync(http, target, [new("error", error.Code), new("error_description", error.Description)]);
    }

    /// <summary>The redirect URI is not proven, so the person sees the error here.</summary>
    public Task ShowAsync(HttpContext http, OidcError error, Client? client) => errors.ShowAsync(http, "authorize.error_shown", error, client);
}
