using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Server.Oidc.Tokens;
using Microsoft.Extensions.Options;

namespace Identity.Server.Oidc.UserInfo;

/// <summary>OpenID Connect Core §5.3: the claims that the application asked for, may have, and the person has agreed to.</summary>
public sealed class UserInfoEndpoint(AccessTokenReader reader, ClaimsRelease release, SubjectLedger subjects, AuditWriter writer, RequestOrigin origin,
    IOptions<OidcOptions> options, ILogger<UserInfoEndpoint> log)
{
    public const string Path = "/connect/userinfo";

    public static async Task HandleAsync(HttpContext http, UserInfoEndpoint endpoint)
    {
        switch (await BearerToken.FindAsync(http))
        {
            case BearerToken.None:
                OidcJson.SendBareChallenge(http);
                break;
            case BearerToken.Refused refused:
                await endpoint.RefuseAsync(http, refused.Error, client: null);
                break;
            case BearerToken.Presented presented:
                await endpoint.RespondAsync(http, presented.Token);
                break;
        }
    }

    private async Task RespondAsync(HttpContext http, string token)
    {
        var ct = http.RequestAborted;
        var live = await reader.FindLiveAsync(token, withAttributes: true, ct);
        if (live is null)
        {
            await RefuseAsync(http, OidcError.InvalidToken("not a live access token of ours"), client: null);
            return;
        }
        if (FirstProblem(live) is { } problem)
        {
            await RefuseAsync(http, problem, live.Client);
            return;
        }
        var grant = live.Grant!.Grant;
        var human = live.Grant.Subject;
        var actingAs = live.Grant.ActingAs;
        var subject = actingAs is null ? human : await subjects.IdentifierForAsync(actingAs.Party, live.Client, ct);
        // §5.3.2: the same as in the ID token, which carries what the access token carries.
        if (human is null || subject is null || subject != live.Token.Claims.Subject)
        {
            await RefuseAsync(http, OidcError.InvalidToken("the client has changed its sector since"), live.Client);
            return;
        }
        var claims = await release.ForUserInfoAsync(live.Client, live.Grant, live.Token.Scopes, ct);
        await writer.WriteAsync(origin.Describe("userinfo.released", personId: grant.PersonId, clientId: live.Client.ClientId, sessionId: grant.SessionId,
            detail: string.Join(' ', claims.Select(c => c.Name))), ct);
        await OidcJson.SendAsync(http, OidcJson.Write(json =>
        {
            json.WriteString("sub", subject);
            CapacityClaims.WriteClaims(json, live.Client, new(subject, human, actingAs), claims);
        }));
    }

    private OidcError? FirstProblem(LiveAccessToken live) =>
        live.Grant is null ? OidcError.InsufficientScope("the token of a machine speaks of nobody")
        : !live.Token.Scopes.Contains(Scope.OpenId) ? OidcError.InsufficientScope("no openid scope")
        // RFC 9068 §4: whoever receives a token checks that it is meant for them; here that is us.
        : !live.Token.Claims.Audiences.Contains(options.Value.Issuer) ? OidcError.InvalidToken("not meant for UserInfo")
        : null;

    // A log line only: anybody can send rubbish here, and rows are for what concerns somebody.
    private Task RefuseAsync(HttpContext http, OidcError error, Client? client)
    {
        log.Refused("userinfo", error.Code, client?.ClientId, error.LogDetail);
        return OidcJson.SendErrorAsync(http, error);
    }
}
