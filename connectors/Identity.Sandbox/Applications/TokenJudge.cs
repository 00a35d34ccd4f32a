using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Sandbox.Applications;

/// <summary>Signature, issuer, audience, type and lifetime of what the server signed.</summary>
internal sealed class TokenJudge(SampleApplication application, ProviderMetadata provider, TimeProvider clock)
{
    static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    readonly JsonWebTokenHandler handler = new();

    public async Task<Outcome<JsonWebToken>> ReadAsync(string token, string[] types, CancellationToken ct)
    {
        for (var renew = false; ; renew = true)
        {
            if ((await provider.GetAsync(ct, renew)).Failed(out var problem, out var metadata)) return problem;
            var result = await handler.ValidateTokenAsync(token, Rules(metadata.SigningKeys, metadata.Issuer, types));
            if (result.IsValid) return (JsonWebToken)result.SecurityToken;
            if (renew || result.Exception is not SecurityTokenSignatureKeyNotFoundException)
                return new Problem("invalid_token", $"Token không hợp lệ ({result.Exception.GetType().Name}).");
        }
    }

    TokenValidationParameters Rules(IEnumerable<SecurityKey> keys, string issuer, string[] types) => new()
    {
        ValidIssuer = issuer,
        ValidAudience = application.Client.ClientId,
        IssuerSigningKeys = keys,
        ValidAlgorithms = ["RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512"],   // never none, never HS
        TypeValidator = (type, _, _) => type is null || types.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? type ?? "JWT" : throw new SecurityTokenInvalidTypeException(),
        LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires),
    };

    bool IsAlive(DateTime? notBefore, DateTime? expires)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires + Skew > now && (notBefore is null || notBefore - Skew <= now);
    }
}
