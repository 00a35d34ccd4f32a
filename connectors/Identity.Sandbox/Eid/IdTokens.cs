using System.Security.Cryptography;
using System.Text;
using Identity.Sandbox.Failures;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Sandbox.Eid;

/// <summary>One good ID token, in which a failure changes exactly one thing.</summary>
internal sealed class IdTokens(SandboxOptions options, EidKeys keys, TimeProvider clock)
{
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Create(Approval approval, string accessToken, Failure failure)
    {
        var issuedAt = clock.GetUtcNow().UtcDateTime - (failure == Failure.StaleIat ? TimeSpan.FromHours(1) : TimeSpan.Zero);
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = failure == Failure.WrongIssuer ? "https://another-issuer.mau.example" : options.EidUrl,
            Audience = failure == Failure.WrongAudience ? "another-client" : options.EidClientId,
            IssuedAt = issuedAt,
            Expires = issuedAt + Lifetime,
            Claims = Claims(approval, accessToken, failure),
            SigningCredentials = failure == Failure.WrongSignature ? keys.Foreign : keys.Own,
        });
    }

    Dictionary<string, object> Claims(Approval approval, string accessToken, Failure failure)
    {
        var claims = new Dictionary<string, object>
        {
            ["sub"] = approval.Person.Subject,
            ["azp"] = options.EidClientId,
            ["at_hash"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken))[..16]),
            ["acr"] = "LoA1",
            ["auth_time"] = approval.At.ToUnixTimeSeconds(),
        };
        if (approval.Request.Nonce is { } nonce) claims["nonce"] = failure == Failure.WrongNonce ? Opaque.New() : nonce;
        if (failure != Failure.MissingClaim) claims["TechID"] = approval.Person.TechId;
        return claims;
    }
}
