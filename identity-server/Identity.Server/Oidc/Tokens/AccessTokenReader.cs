using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Keys;
using Identity.Domain.Storage;
using Identity.Protocols.Jose;
using Identity.Server.Oidc.Token;
using Microsoft.Extensions.Options;

namespace Identity.Server.Oidc.Tokens;

/// <summary>Judges an access token of ours at UserInfo, introspection and revocation: genuine, alive, and everything behind it still allowed.</summary>
public sealed class AccessTokenReader(SigningKeyRing keys, VerifiedTokens verified, GrantStore grants, GrantGate gate, ClientRegistry registry,
    IOptions<OidcOptions> options, TimeProvider clock)
{
    private static readonly string[] Accepted = [JwsAlgorithms.Es256];

    /// <summary>Signature, type and lifetime only; for revocation, which must work whatever the state.</summary>
    public ReadAccessToken? Read(string token)
    {
        if ((verified.Find(token) ?? Verify(token)) is not { } claims || claims.Issuer != options.Value.Issuer) return null;
        if (claims.ExpiresAt is not { } expires || expires <= clock.GetUtcNow()) return null;
        return claims is { Id: { } id, Subject: not null } && claims.TryGetText("client_id", out var clientId) && claims.TryGetText("scope", out var scope) && clientId is not null
            ? new ReadAccessToken(claims, id, clientId, (scope ?? "").Split(' '), expires)
            : null;
    }

    /// <summary>Null when the token is dead for any reason; the reason is for operators only and would help a thief.</summary>
    /// <param name="withAttributes">Read the person's sealed attributes along with the grant.</param>
    public async Task<LiveAccessToken?> FindLiveAsync(string value, bool withAttributes, CancellationToken ct)
    {
        if (Read(value) is not { } token || registry.FindClient(token.ClientId) is not { Enabled: true } client) return null;
        if (AccessTokenId.GrantOf(token.Id) is not { } grantId) return await grants.IsRevokedAsync(token.Id, ct) ? null : new LiveAccessToken(token, client, null);
        if (await grants.FindStandingAsync(token.Id, grantId, client, withAttributes, ct) is not { } found || found.Grant.ClientId != client.ClientId) return null;
        var (grant, refusal) = await gate.JudgeAsync(found, client, ct);
        return refusal is null ? new LiveAccessToken(token, client, grant) : null;
    }

    private JwtClaims? Verify(string token)
    {
        if (JsonWebSignature.Verify(token, keys.Published.Keys, Accepted) is not JwsResult.Verified jws || !jws.HasType(TokenIssuer.AccessTokenType)) return null;
        if (!JwtClaims.TryRead(jws.Payload, out var claims)) return null;
        verified.Add(token, claims);
        return claims;
    }
}

public sealed record ReadAccessToken(JwtClaims Claims, string Id, string ClientId, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt);

/// <param name="Grant">Null for a token that a machine got for itself.</param>
public sealed record LiveAccessToken(ReadAccessToken Token, Client Client, StandingGrant? Grant);
