using Identity.Protocols.Jose;

namespace Identity.Tests.Jose;

/// <summary>Examples printed in the specifications.</summary>
public sealed class JoseRfcVectorTests
{
    private const string Payload =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    [Fact]
    public void RFC_7515_A_3_ES256_verifies()
    {
        const string Key = """
            {"keys":[{"kty":"EC","crv":"P-256",
              "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
              "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}
            """;
        const string Token = "eyJhbGciOiJFUzI1NiJ9." + Payload
            + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        AssertVerifies(Key, Token, JwsAlgorithms.Es256);
    }

    [Fact]
    public void RFC_7515_A_2_RS256_verifies()
    {
        const string Key = """
            {"keys":[{"kty":"RSA","e":"AQAB",
              "n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}]}
            """;
        const string Token = "eyJhbGciOiJSUzI1NiJ9." + Payload
            + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
        AssertVerifies(Key, Token, JwsAlgorithms.Rs256);
    }

    [Fact]
    public void RFC_7638_3_1_gives_the_printed_thumbprint()
    {
        const string Key = """
            {"keys":[{"kty":"RSA","e":"AQAB","alg":"RS256","kid":"2011-04-29",
              "n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}]}
            """;
        var key = Assert.Single(JsonWebKeySet.Parse(Key)!.Keys);
        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", key.Thumbprint);
        Assert.Equal(("2011-04-29", "RS256", "RSA"), (key.KeyId, key.Algorithm, key.KeyType));
    }

    [Theory]
    [InlineData("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", "77QmUPtjPfzWtF2AnpK9RQ")]
    [InlineData("Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk", "LDktKdoQak3Pk0cnXxCltA")]
    public void OpenID_Connect_Core_appendix_A_gives_the_printed_half_hashes(string value, string half) =>
        Assert.Equal(half, TokenHash.LeftHalf(value, JwsAlgorithms.Rs256));

    private static void AssertVerifies(string keySet, string token, string algorithm)
    {
        var verified = Assert.IsType<JwsResult.Verified>(
            JsonWebSignature.Verify(token, JsonWebKeySet.Parse(keySet)!.Keys, [algorithm]));
        Assert.True(JwtClaims.TryRead(verified.Payload, out var claims));
        Assert.Equal("joe", claims.Issuer);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1300819380), claims.ExpiresAt);
    }
}
