using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Http;
using Identity.Server.Login;

namespace Identity.Server.Oidc.Authorize;

/// <summary>Answers an authorization request: a code, an error for the application, or an error that is only shown.</summary>
public sealed class AuthorizeAnswer(IdentityDb db, GrantStore grants, PendingAuthenticationStore pendings, AuditTrail trail, AuthorizeResponse response,
    ErrorPage errors, TimeProvider clock)
{
    public async Task IssueAsync(HttpContext http, AuthorizeRequest request, Session session, ReleaseDecision? released, PendingAuthentication? pending)
    {
        var ct = http.RequestAborted;
        // Concluded together with its code: a failure in between must not leave a person who has done everything without an answer.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (pending is not null && !await pendings.ConcludeAsync(pending.Id, ct))
        {
            http.SeeOther(LoginAddress.Page(pending.Id, "expired"));
            return;
        }
        var code = grants.AddCode(digest => new AuthorizationCode
        {
            Digest = digest,
            ClientId = request.Client.ClientId,
            PersonId = session.PersonId,
            SessionId = session.Id,
            RedirectUri = request.RedirectUri,
            CodeChallenge = request.CodeChallenge,
            Nonce = request.Nonce,
            Scope = string.Join(' ', request.Scopes),
            ClaimsRequest = request.RawClaims,
            ReleasedAttributes = released?.Claims,
            Acr = session.Acr,
            Amr = session.Amr,
            Proofing = session.Proofing,
            Connector = session.Connector,
            AuthenticatedAt = session.AuthenticatedAt,
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = clock.GetUtcNow() + request.Client.AuthorizationCodeLifetime,
        });
        trail.Add("code.issued", personId: session.PersonId, clientId: request.Client.ClientId, sessionId: session.Id, connector: session.Connector);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await response.SendAsync(http, new AnswerTarget(request.Client.ClientId, request.RedirectUri, request.ResponseMode, request.State), [new("code", code.Value)]);
    }

    public async Task RefuseAsync(HttpContext http, AnswerTarget target, OidcError error, PendingAuthentication? pending)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        if (pending is not null && !await pendings.ConcludeAsync(pending.Id, http.RequestAborted))
        {
            http.SeeOther(LoginAddress.Page(pending.Id, "expired"));
            return;
        }
        trail.Add("authorize.refused", error.Code, clientId: target.ClientId, detail: error.LogDetail);
        await db.SaveChangesAsync(http.RequestAborted);
        await transaction.CommitAsync(http.RequestAborted);
        await response.SendAsync(http, target, [new("error", error.Code), new("error_description", error.Description)]);
    }

    /// <summary>The redirect URI is not proven, so the person sees the error here.</summary>
    public Task ShowAsync(HttpContext http, OidcError error, Client? client) => errors.ShowAsync(http, "authorize.error_shown", error, client);
}
