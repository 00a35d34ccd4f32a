using System.Text;
using Identity.Protocols.Jose;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Tests.Jose;

/// <summary>A foreign library judges what we write, and we judge what it writes.</summary>
public sealed class JwsInteropTests
{
    private const string Issuer = "https://dang-nhap.an-binh.example";

    public static TheoryData<string> Algorithms() => new(JwsAlgorithms.All);

    [Theory, MemberData(nameof(Algorithms))]
    public async Task A_foreign_library_verifies_our_token_with_our_published_key(string algorithm)
    {
        using var key = PrivateSigningKey.Create(algorithm);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var token = key.Sign("at+jwt", Encoding.UTF8.GetBytes(
            $$"""{"iss":"{{Issuer}}","aud":"portal","sub":"Nguyễn Văn Mẫu","iat":{{now}},"exp":{{now + 60}}}"""));

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, Judge(key.PublicKey, algorithm));

        Assert.True(result.IsValid, result.Exception?.ToString());
        Assert.Equal("Nguyễn Văn Mẫu", result.Claims["sub"]);
        var read = Assert.IsType<JsonWebToken>(result.SecurityToken);
        Assert.Equal((algorithm, "at+jwt", key.KeyId), (read.Alg, read.Typ, read.Kid));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public async Task The_foreign_library_refuses_our_token_with_another_of_our_keys(string algorithm)
    {
        using var key = PrivateSigningKey.Create(algorithm);
        using var other = PrivateSigningKey.Create(algorithm);
        var token = key.Sign("at+jwt", Encoding.UTF8.GetBytes($$"""{"iss":"{{Issuer}}","aud":"portal","exp":4102444800}"""));
        Assert.False((await new JsonWebTokenHandler().ValidateTokenAsync(token, Judge(other.PublicKey, algorithm))).IsValid);
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void We_verify_what_a_foreign_library_signed(string algorithm)
    {
        using var key = PrivateSigningKey.Create(algorithm);
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = "portal",
            Claims = new Dictionary<string, object> { ["sub"] = "Trần Thị Mẫu" },
            SigningCredentials = new SigningCredentials(ForeignKey(key), algorithm),
        });

        var verified = Assert.IsType<JwsResult.Verified>(JsonWebSignature.Verify(token, [key.PublicKey], [algorithm]));

        Assert.Equal((algorithm, key.KeyId), (verified.Algorithm, verified.KeyId));
        Assert.True(JwtClaims.TryRead(verified.Payload, out var claims));
        Assert.Equal((Issuer, "Trần Thị Mẫu"), (claims.Issuer, claims.Subject));
        Assert.Equal(["portal"], claims.Audiences);
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void Our_thumbprint_is_the_foreign_librarys_thumbprint(string algorithm)
    {
        using var key = PrivateSigningKey.Create(algorithm);
        var foreign = new Microsoft.IdentityModel.Tokens.JsonWebKey(JwkText(key.PublicKey));
        Assert.Equal(Base64UrlEncoder.Encode(foreign.ComputeJwkThumbprint()), key.KeyId);
    }

    [Fact]
    public void We_read_a_key_set_that_a_foreign_library_wrote()
    {
        using var ec = PrivateSigningKey.Create(JwsAlgorithms.Es256);
        using var rsa = PrivateSigningKey.Create(JwsAlgorithms.Rs256);
        var ours = new Protocols.Jose.JsonWebKeySet([ec.PublicKey, rsa.PublicKey]);
        var foreign = new Microsoft.IdentityModel.Tokens.JsonWebKeySet(Encoding.UTF8.GetString(ours.ToUtf8Bytes()));
        var text = System.Text.Json.JsonSerializer.Serialize(new
        {
            keys = foreign.Keys.Select(k => new { kty = k.Kty, kid = k.Kid, crv = k.Crv ?? "", x = k.X ?? "", y = k.Y ?? "", n = k.N ?? "", e = k.E ?? "" }),
        });
        Assert.Equal([ec.KeyId, rsa.KeyId], Protocols.Jose.JsonWebKeySet.Parse(text)!.Keys.Select(k => k.Thumbprint));
    }

    private static TokenValidationParameters Judge(Protocols.Jose.JsonWebKey key, string algorithm) => new()
    {
        ValidIssuer = Issuer,
        ValidAudience = "portal",
        ValidAlgorithms = [algorithm],
        ValidTypes = ["at+jwt"],
        IssuerSigningKey = new Microsoft.IdentityModel.Tokens.JsonWebKey(JwkText(key)),
    };

    private static AsymmetricSecurityKey ForeignKey(PrivateSigningKey key)
    {
        if (key.Algorithm == JwsAlgorithms.Es256)
        {
            var ec = System.Security.Cryptography.ECDsa.Create();
            ec.ImportPkcs8PrivateKey(key.ExportPkcs8(), out _);
            return new ECDsaSecurityKey(ec) { KeyId = key.KeyId };
        }
        var rsa = System.Security.Cryptography.RSA.Create();
        rsa.ImportPkcs8PrivateKey(key.ExportPkcs8(), out _);
        return new RsaSecurityKey(rsa) { KeyId = key.KeyId };
    }

    private static string JwkText(Protocols.Jose.JsonWebKey key)
    {
        using var buffer = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(buffer)) key.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
