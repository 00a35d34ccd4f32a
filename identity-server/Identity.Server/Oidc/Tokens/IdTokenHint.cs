using Identity.Domain.Keys;
using Identity.Protocols.Jose;
using Microsoft.Extensions.Options;

namespace Identity.Server.Oidc.Tokens;

/// <summary>
/// Reads an <c>id_token_hint</c>: an ID token of ours, also when it has expired, as long as its key is still published. Its
/// <c>typ</c> keeps access and logout tokens out, its one audience names the client.
/// </summary>
public sealed class IdTokenHint(SigningKeyRing keys, IOptions<OidcOptions> options)
{
    public JwtClaims? Read(string hint) =>
        JsonWebSignature.Verify(hint, keys.Published.Keys, SigningKeyRing.Algorithms) is JwsResult.Verified jws && jws.HasType("JWT")
        && JwtClaims.TryRead(jws.Payload, out var claims) && claims.Issuer == options.Value.Issuer && claims.Audiences.Count == 1
            ? claims
            : null;
}
