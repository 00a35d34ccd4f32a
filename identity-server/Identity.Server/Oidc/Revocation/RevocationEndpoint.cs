using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Storage;
using Identity.Server.Oidc.ClientAuthentication;
using Identity.Server.Oidc.Tokens;

namespace Identity.Server.Oidc.Revocation;

/// <summary>
/// RFC 7009. A client takes back its own tokens. <c>token_type_hint</c> is not read: the two kinds do not look alike, and a
/// wrong hint must not matter (§2.1).
/// </summary>
public sealed class RevocationEndpoint(ClientAuthenticator clients, AccessTokenReader reader, GrantStore grants, AuditTrail trail, IdentityDb db, EndpointRefusals refusals)
{
    public const string Path = "/connect/revocation";

    public static async Task HandleAsync(HttpContext http, RevocationEndpoint endpoint)
    {
        var (form, problem) = await BackChannelForm.ReadAsync(http);
        if (form is null) await endpoint.RefuseAsync(http, OidcError.InvalidRequest(problem!));
        else await endpoint.RespondAsync(http, form);
    }

    private async Task RespondAsync(HttpContext http, RequestParameters form)
    {
        switch (await clients.AuthenticateAsync(http, form, http.RequestAborted))
        {
            case ClientAuthenticationOutcome.Refused refusal:
                await RefuseAsync(http, refusal.Error);
                break;
            case ClientAuthenticationOutcome.Authenticated { Client: var client } when form["token"] is null:
                await RefuseAsync(http, OidcError.InvalidRequest("token is missing"), client);
                break;
            case ClientAuthenticationOutcome.Authenticated { Client: var client }:
                await RevokeAsync(client, form["token"]!, http.RequestAborted);
                // §2.2: 200 as well for what is unknown, foreign or over: the answer must not tell which.
                http.Response.Headers.CacheControl = "no-store";
                break;
        }
    }

    private async Task RevokeAsync(Client client, string token, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (RefreshTokenValue.Parse(token) is { } refresh) await RevokeRefreshTokenAsync(client, refresh, ct);
        else if (reader.Read(token) is { } access && access.ClientId == client.ClientId) await RevokeAccessTokenAsync(client, access, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>§2.1: the grant ends, and every access token of it.</summary>
    private async Task RevokeRefreshTokenAsync(Client client, RefreshTokenValue token, CancellationToken ct)
    {
        if (await grants.FindByRefreshHandleAsync(token.Handle, ct) is not { } grant || grant.ClientId != client.ClientId) return;
        // The handle is no secret. The predecessor counts, because its client may have lost the answer that replaced it.
        if (token.Secret.Digest != grant.RefreshDigest && token.Secret.Digest != grant.PreviousRefreshDigest) return;
        if (await grants.RevokeAsync(grant.Id, "revoked_by_client", ct))
            trail.Add("token.revoked", personId: grant.PersonId, clientId: client.ClientId, sessionId: grant.SessionId, detail: "refresh_token");
    }

    private async Task RevokeAccessTokenAsync(Client client, ReadAccessToken token, CancellationToken ct)
    {
        if (!await grants.RevokeTokenAsync(token.Id, token.ExpiresAt, ct)) return;
        var grant = AccessTokenId.GrantOf(token.Id) is { } grantId ? await grants.FindAsync(grantId, ct) : null;
        trail.Add("token.revoked", personId: grant?.PersonId, clientId: client.ClientId, sessionId: grant?.SessionId, detail: "access_token");
    }

    private Task RefuseAsync(HttpContext http, OidcError error, Client? client = null) => refusals.RefuseAsync(http, "revocation", error, client);
}
