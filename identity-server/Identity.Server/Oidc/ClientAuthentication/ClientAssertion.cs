using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Protocols.Jose;
using Microsoft.Extensions.Options;

namespace Identity.Server.Oidc.ClientAuthentication;

/// <summary><c>private_key_jwt</c>: RFC 7523 §3 with the audience rule of its successor draft (the issuer, one string).</summary>
public sealed class ClientAssertion(ClientRegistry registry, ClientKeys keys, ReplayGuard replays, CredentialUses uses, IOptions<OidcOptions> options, TimeProvider clock)
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);

    public async Task<ClientAuthenticationOutcome> AuthenticateAsync(HttpContext http, RequestParameters form, CancellationToken ct)
    {
        if (form["client_assertion_type"] != Type || form["client_assertion"] is not { } assertion) return OidcError.InvalidRequest("client_assertion needs its type");
        if (Claimed(assertion) is not { } claimedId || (form["client_id"] ?? claimedId) != claimedId) return OidcError.InvalidClient("assertion names no client, or another");
        if (registry.FindClient(claimedId) is not { Enabled: true, TokenEndpointAuthMethod: ClientAuthenticationMethod.PrivateKeyJwt } client)
            return OidcError.InvalidClient("unknown or disabled client, or not the registered method");

        if (await keys.VerifyAsync(client, assertion, ct) is not JwsResult.Verified verified) return OidcError.InvalidClient("assertion signature");
        if (IsAnotherKindOfToken(verified)) return OidcError.InvalidClient("assertion typ");
        if (!JwtClaims.TryRead(verified.Payload, out var claims)) return OidcError.InvalidClient("assertion claims");
        if (FirstProblem(client, claims) is { } problem) return OidcError.InvalidClient($"assertion {problem}");
        if (!await IsFirstUseAsync(client, claims, ct)) return OidcError.InvalidClient("assertion replayed");
        uses.Note(client.ClientId, verified.KeyId ?? "", http.Connection.RemoteIpAddress);
        return client;
    }

    // RFC 7523 §3; the numbers are the section's own.
    private string? FirstProblem(Client client, JwtClaims claims)
    {
        var now = clock.GetUtcNow();
        return claims.Issuer != client.ClientId ? "iss"                                                  // 1
            : claims.Subject != client.ClientId ? "sub"                                                  // 2
            : !IsForUs(client, claims) ? "aud"                                                           // 3
            : claims.ExpiresAt is not { } exp || exp + Skew <= now || exp - now > LongestLife ? "exp"    // 4
            : claims.NotBefore - Skew > now ? "nbf"                                                      // 5
            : claims.IssuedAt - Skew > now ? "iat"                                                       // 6
            : string.IsNullOrEmpty(claims.Id) ? "jti"                                                    // 7
            : null;
    }

    /// <summary>An array, or another endpoint's address, is how an assertion meant for one server is spent at another; old clients may name the token endpoint.</summary>
    private bool IsForUs(Client client, JwtClaims claims) => claims.Audiences is [var audience]
        && (audience == options.Value.Issuer
            || (client.Profile == SecurityProfile.Compatible && audience == $"{options.Value.Issuer}/connect/token"));

    private Task<bool> IsFirstUseAsync(Client client, JwtClaims claims, CancellationToken ct) =>
        replays.IsFirstUseAsync("client_assertion", client.ClientId, claims.Id!, claims.ExpiresAt!.Value + Skew, ct);

    /// <summary>RFC 8725 §3.11: an ID token, a logout token or an access token must not pass for an assertion.</summary>
    private static bool IsAnotherKindOfToken(JwsResult.Verified jws) => jws.Type.Length > 0 && !jws.HasType("JWT") && !jws.HasType("client-authentication+jwt");

    private static string? Claimed(string assertion) =>
        JsonWebSignature.ReadUnverified(assertion) is { } peek && JwtClaims.TryRead(peek.Payload, out var claims) ? claims.Subject : null;
}
