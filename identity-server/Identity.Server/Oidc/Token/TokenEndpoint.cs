using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Storage;
using Identity.Server.Oidc.ClientAuthentication;
using Identity.Server.Telemetry;

namespace Identity.Server.Oidc.Token;

/// <summary>RFC 6749 §3.2. Reads the request, proves the client, hands over to the grant, writes what came of it.</summary>
public sealed class TokenEndpoint(ClientAuthenticator clients, AuthorizationCodeGrant code, RefreshTokenGrant refresh,
    ClientCredentialsGrant machine, TokenAudit audit, ServerMeter meter)
{
    public const string Path = "/connect/token";

    public static async Task HandleAsync(HttpContext http, TokenEndpoint endpoint)
    {
        switch (await endpoint.RespondAsync(http))
        {
            case TokenOutcome.Issued issued: await OidcJson.SendAsync(http, issued.Tokens.ToJson()); break;
            case TokenOutcome.Refused refused: await OidcJson.SendErrorAsync(http, refused.Error); break;
        }
    }

    private async Task<TokenOutcome> RespondAsync(HttpContext http)
    {
        var (form, problem) = await BackChannelForm.ReadAsync(http);
        var outcome = await JudgeAsync(http, form, problem, http.RequestAborted);
        meter.Token(form?["grant_type"], outcome is TokenOutcome.Refused refused ? refused.Error.Code : "issued");
        return outcome;
    }

    private async Task<TokenOutcome> JudgeAsync(HttpContext http, RequestParameters? form, string? problem, CancellationToken ct)
    {
        if (form is null) return await audit.RefuseAloneAsync(null, OidcError.InvalidRequest(problem!), ct);
        if (form["grant_type"] is not { } grantType) return await audit.RefuseAloneAsync(null, OidcError.InvalidRequest("grant_type is missing"), ct);

        switch (await clients.AuthenticateAsync(http, form, ct))
        {
            case ClientAuthenticationOutcome.Authenticated { Client: var client }:
                var outcome = grantType switch
                {
                    "authorization_code" => await code.ExchangeAsync(client, form, ct),
                    "refresh_token" => await refresh.ExchangeAsync(client, form, ct),
                    "client_credentials" => await machine.ExchangeAsync(client, form, ct),
                    _ => OidcError.UnsupportedGrantType,
                };
                return outcome is TokenOutcome.Refused { Recorded: false } refused ? await audit.RefuseAloneAsync(client, refused.Error, ct) : outcome;
            case ClientAuthenticationOutcome.Refused refusal:
                return await audit.RefuseAloneAsync(null, refusal.Error, ct);
            default:
                throw new InvalidOperationException("A client is authenticated or refused.");
        }
    }
}

/// <summary>Refusals leave a row and a log line too; what was issued is recorded by its grant, in the grant's own transaction.</summary>
public sealed class TokenAudit(IdentityDb db, AuditTrail trail, AuditWriter writer, ILogger<TokenEndpoint> log)
{
    /// <summary>For refusals that change nothing. Never inside a transaction: the writer would wait for it, and it for the writer.</summary>
    public async Task<TokenOutcome> RefuseAloneAsync(Client? client, OidcError error, CancellationToken ct)
    {
        await writer.WriteAsync(trail.Describe("token.refused", error.Code, clientId: client?.ClientId, detail: error.LogDetail), ct);
        log.Refused("token", error.Code, client?.ClientId, error.LogDetail);
        return new TokenOutcome.Refused(error) { Recorded = true };
    }

    /// <summary>For refusals that burn, revoke or end something: the row rides in the grant's transaction.</summary>
    public async Task<TokenOutcome> RefuseAsync(Client? client, OidcError error, CancellationToken ct, Guid? personId = null)
    {
        trail.Add("token.refused", error.Code, personId, client?.ClientId, detail: error.LogDetail);
        await db.SaveChangesAsync(ct);
        log.Refused("token", error.Code, client?.ClientId, error.LogDetail);
        return new TokenOutcome.Refused(error) { Recorded = true };
    }
}
