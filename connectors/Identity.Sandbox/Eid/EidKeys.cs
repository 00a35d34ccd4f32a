using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Sandbox.Eid;

/// <summary>The provider's key, and a stranger's that claims the same key id. Made when first used: a 2048-bit key is slow to find.</summary>
internal sealed class EidKeys
{
    static readonly string KeyId = "eid-" + Opaque.New()[..8];
    readonly Lazy<RsaSecurityKey> own = new(NewKey);
    readonly Lazy<RsaSecurityKey> foreign = new(NewKey);

    public SecurityKey Public => own.Value;

    public SigningCredentials Own => new(own.Value, SecurityAlgorithms.RsaSha256);

    public SigningCredentials Foreign => new(foreign.Value, SecurityAlgorithms.RsaSha256);

    public IResult Publish()
    {
        var key = own.Value.Rsa.ExportParameters(includePrivateParameters: false);
        return Results.Json(new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA", use = "sig", alg = "RS256", kid = KeyId,
                    n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent),
                },
            },
        });
    }

    static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = KeyId };
}
