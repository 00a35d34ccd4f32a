using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Tests.Harness;

/// <summary>Judges our tokens with a foreign library and the published keys.</summary>
public static class TestToken
{
    public static async Task<TokenValidationResult> ValidateAsync(TestProvider provider, string token, string audience, params string[] algorithms)
    {
        var keys = new JsonWebKeySet(await provider.Http.GetStringAsync("/.well-known/openid-configuration/jwks"));
        return await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = audience,
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidAlgorithms = algorithms.Length > 0 ? algorithms : ["ES256", "RS256"],
            LifetimeValidator = (_, expires, _, _) => expires > (provider.Clock?.GetUtcNow() ?? DateTimeOffset.UtcNow),
            RequireSignedTokens = true,
        });
    }
}
