using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Keys;
using Identity.Admin.SignIn;
using Identity.Protocols.Jose;
using Microsoft.Extensions.Options;

namespace Identity.Admin.Api;

/// <summary>
/// Judges the access token of a service account: one that the public host gave to a machine (RFC 9068, client_credentials), for this API,
/// still alive. A token that speaks for a person opens nothing here.
/// </summary>
public sealed class ApiTokens(SigningKeyRing keys, ClientRegistry registry, GrantStore grants, IOptions<AdminOptions> admin, IOptions<ApiOptions> api, TimeProvider clock)
{
    private const string AccessTokenType = "at+jwt";
    private static readonly string[] Accepted = [JwsAlgorithms.Es256];

    /// <summary>Null when the token is no good; why is nobody's business outside.</summary>
    public async Task<ServiceToken?> ReadAsync(string token, CancellationToken ct)
    {
        if (JsonWebSignature.Verify(token, keys.Published.Keys, Accepted) is not JwsResult.Verified jws || !jws.HasType(AccessTokenType)) return null;
        if (!JwtClaims.TryRead(jws.Payload, out var claims) || claims is not { Id: { } id, Subject: { } subject, ExpiresAt: { } expires }) return null;
        if (claims.Issuer != admin.Value.Issuer || !claims.Audiences.Contains(api.Value.Audience) || expires <= clock.GetUtcNow()) return null;
        // RFC 9068 §2.2: with client_credentials the subject is the client itself.
        if (!claims.TryGetText("client_id", out var clientId) || clientId != subject || !claims.TryGetText("scope", out var scope)) return null;
        if (registry.FindClient(clientId) is not { Enabled: true, TokenEndpointAuthMethod: ClientAuthenticationMethod.PrivateKeyJwt } client || !client.Allows(GrantType.ClientCredentials)) return null;
        if (await grants.IsRevokedAsync(id, ct)) return null;
        return new ServiceToken(client.ClientId, [.. (scope ?? "").Split(' ').Where(client.AllowsScope)]);
    }
}

/// <param name="Scopes">Those that the client still has.</param>
public sealed record ServiceToken(string ClientId, IReadOnlyList<string> Scopes);
