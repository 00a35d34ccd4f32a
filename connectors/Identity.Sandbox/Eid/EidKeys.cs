using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Sandbox.Eid;

/// <summary>The provider's key, and a stranger's that claims the same key id.</summary>
internal sealed class EidKeys
{
    readonly RsaSecurityKey own = new(RSA.Create(2048)) { KeyId = "eid-" + Opaque.New()[..8] };
    readonly RsaSecurityKey foreign = new(RSA.Create(2048));

    public EidKeys() => foreign.KeyId = own.KeyId;

    public SecurityKey Public => own;

    public SigningCredentials Own => new(own, SecurityAlgorithms.RsaSha256);

    public SigningCredentials Foreign => new(foreign, SecurityAlgorithms.RsaSha256);

    public IResult Publish()
    {
        var key = own.Rsa.ExportParameters(includePrivateParameters: false);
        return Results.Json(new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA", use = "sig", alg = "RS256", kid = own.KeyId,
                    n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent),
                },
            },
        });
    }
}
