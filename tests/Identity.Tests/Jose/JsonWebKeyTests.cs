using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Identity.Protocols.Jose;

namespace Identity.Tests.Jose;

public sealed class JsonWebKeyTests
{
    private static readonly PrivateSigningKey Ec = PrivateSigningKey.Create(JwsAlgorithms.Es256);
    private static readonly PrivateSigningKey Rsa = PrivateSigningKey.Create(JwsAlgorithms.Rs256);

    [Fact]
    public void What_we_publish_we_can_read_and_it_has_no_private_half()
    {
        var text = Encoding.UTF8.GetString(new JsonWebKeySet([Ec.PublicKey, Rsa.PublicKey]).ToUtf8Bytes());
        var keys = JsonWebKeySet.Parse(text)!.Keys;
        Assert.Equal([Ec.KeyId, Rsa.KeyId], keys.Select(k => k.KeyId));
        Assert.Equal([Ec.KeyId, Rsa.KeyId], keys.Select(k => k.Thumbprint));
        Assert.DoesNotContain("\"d\"", text, StringComparison.Ordinal);
    }

    [Theory, InlineData("d"), InlineData("p"), InlineData("k"), InlineData("oth")]
    public void A_key_that_shows_a_private_member_is_refused(string member) =>
        Assert.False(IsRead(Rsa, jwk => jwk[member] = "AAAA"));

    [Fact]
    public void J5_a_point_off_the_curve_is_refused()
    {
        Assert.True(IsRead(Ec, _ => { }));
        Assert.False(IsRead(Ec, jwk => jwk["y"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))));
        Assert.False(IsRead(Ec, jwk => (jwk["x"], jwk["y"]) = (Base64Url.EncodeToString(new byte[32]), Base64Url.EncodeToString(new byte[32]))));
        Assert.False(IsRead(Ec, jwk => jwk["x"] = Base64Url.EncodeToString(new byte[33])));
    }

    [Theory]
    [InlineData("crv", "P-384"), InlineData("crv", "secp256k1"), InlineData("use", "enc"), InlineData("kty", "OKP")]
    [InlineData("kty", "oct"), InlineData("alg", "HS256"), InlineData("alg", "RS256"), InlineData("x", "not base64")]
    public void An_EC_key_of_another_kind_is_refused(string member, string value) =>
        Assert.False(IsRead(Ec, jwk => jwk[member] = value));

    [Fact]
    public void A_member_of_the_wrong_type_refuses_the_key()
    {
        foreach (var member in new[] { "kty", "kid", "alg", "use", "n", "e", "key_ops" })
            Assert.False(IsRead(Rsa, jwk => jwk[member] = 1));
        Assert.False(IsRead(Rsa, jwk => jwk["key_ops"] = new JsonArray("sign")));
        Assert.True(IsRead(Rsa, jwk => jwk["key_ops"] = new JsonArray("verify")));
    }

    [Theory, InlineData("AQ"), InlineData("AA"), InlineData("AAAAAQ"), InlineData("BA"), InlineData("AQAAAAE"), InlineData("")]
    public void An_RSA_exponent_that_proves_nothing_is_refused(string exponent) =>
        Assert.False(IsRead(Rsa, jwk => jwk["e"] = exponent));

    [Theory, InlineData(1024), InlineData(2047), InlineData(8200), InlineData(16384)]
    public void An_RSA_key_too_short_to_hold_or_too_long_to_verify_is_refused(int bits)
    {
        var modulus = new byte[(bits + 7) / 8];
        modulus[0] = (byte)(1 << ((bits - 1) % 8));
        modulus[^1] |= 1;
        Assert.False(IsRead(Rsa, jwk => jwk["n"] = Base64Url.EncodeToString(modulus)));
    }

    [Fact]
    public void A_leading_zero_octet_is_forgiven_and_does_not_change_the_thumbprint()
    {
        var jwk = Jwk(Rsa);
        var modulus = Base64Url.DecodeFromChars(jwk["n"]!.GetValue<string>());
        jwk["n"] = Base64Url.EncodeToString((byte[])[0, .. modulus]);
        Assert.True(JsonWebKey.TryRead(Element(jwk), out var key));
        Assert.Equal(Rsa.KeyId, key.Thumbprint);
    }

    [Fact]
    public void Unusable_keys_and_unknown_members_do_not_spoil_a_set()
    {
        var good = Jwk(Ec);
        good["x5t#S256"] = "unknown";
        var set = new JsonObject
        {
            ["keys"] = new JsonArray(good, new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = "AAAA" }, 5, null),
            ["other"] = true,
        };
        Assert.Equal(Ec.KeyId, Assert.Single(JsonWebKeySet.Parse(set.ToJsonString())!.Keys).KeyId);
    }

    [Fact]
    public void A_text_that_is_no_set_or_too_large_is_refused()
    {
        Assert.All(["", "[]", "{}", """{"keys":{}}""", """{"keys":[],"keys":[]}"""], text => Assert.Null(JsonWebKeySet.Parse(text)));
        Assert.Null(JsonWebKeySet.Parse($$"""{"keys":[{{string.Join(',', Enumerable.Repeat("{}", 101))}}]}"""));
        Assert.Null(JsonWebKeySet.Parse($$"""{"keys":[],"x":"{{new string('a', JsonWebKeySet.MaximumBytes)}}"}"""));
        Assert.Empty(JsonWebKeySet.Parse("""{"keys":[]}""")!.Keys);
    }

    private static bool IsRead(PrivateSigningKey key, Action<JsonObject> change)
    {
        var jwk = Jwk(key);
        change(jwk);
        return JsonWebKey.TryRead(Element(jwk), out _);
    }

    private static JsonObject Jwk(PrivateSigningKey key) =>
        JsonNode.Parse(new JsonWebKeySet([key.PublicKey]).ToUtf8Bytes())!["keys"]![0]!.DeepClone().AsObject();

    private static JsonElement Element(JsonObject jwk) => JsonSerializer.SerializeToElement(jwk);
}
