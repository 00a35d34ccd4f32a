using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Tests.Sandbox;

/// <summary>What a careful reader says of the provider's ID token: nothing, or the name of the first thing that is wrong.</summary>
internal static class EidJudge
{
    public static async Task<string?> ProblemAsync(RunningSandbox sandbox, JsonElement tokens)
    {
        var keys = new JsonWebKeySet(await sandbox.Browser.GetStringAsync($"{sandbox.Options.EidUrl}/oauth2/jwks"));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(tokens.GetProperty("id_token").GetString(), new()
        {
            ValidIssuer = sandbox.Options.EidUrl, ValidAudience = sandbox.Options.EidClientId, IssuerSigningKeys = keys.GetSigningKeys(),
        });
        return result.Exception switch
        {
            SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException => "signature",
            SecurityTokenInvalidIssuerException => "issuer",
            SecurityTokenInvalidAudienceException => "audience",
            SecurityTokenExpiredException => "lifetime",
            null => (string)result.Claims["nonce"] == "n-1" ? null : "nonce",
            var other => other.GetType().Name,
        };
    }
}
