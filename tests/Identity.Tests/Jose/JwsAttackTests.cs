using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Identity.Protocols.Jose;

namespace Identity.Tests.Jose;

/// <summary>
/// Rows J1–J11 of the attack catalogue (J10: <see cref="JwtClaimsTests"/>). Each starts from a token that verifies and changes
/// one thing. J12 has no subject: no MAC is ever compared here.
/// </summary>
public sealed class JwsAttackTests : IDisposable
{
    private readonly Forge _forge = new();

    [Fact]
    public void The_unchanged_token_verifies() => Assert.IsType<JwsResult.Verified>(_forge.Verify(_forge.Token()));

    [Theory, InlineData("none"), InlineData("None"), InlineData("nOnE"), InlineData("NONE"), InlineData("")]
    public void J1_the_algorithm_none_is_refused_signed_or_not(string name)
    {
        var header = $$"""{"alg":"{{name}}","kid":"k1"}""";
        Assert.Equal(JwsProblem.AlgorithmRefused, _forge.Problem(_forge.Token(header)));
        Assert.Equal(JwsProblem.AlgorithmRefused, _forge.Problem(_forge.Token(header, sign: _ => [])));
    }

    [Fact]
    public void J1_a_missing_algorithm_and_an_empty_signature_are_refused()
    {
        Assert.Equal(JwsProblem.AlgorithmRefused, _forge.Problem(_forge.Token("""{"kid":"k1"}""")));
        Assert.Equal(JwsProblem.SignatureInvalid, _forge.Problem(_forge.Token(sign: _ => [])));
        Assert.Equal(JwsProblem.Malformed, _forge.Problem(_forge.Token("""{"alg":["ES256"],"kid":"k1"}""")));
    }

    [Fact]
    public void J1_an_algorithm_that_the_caller_did_not_allow_is_refused() =>
        Assert.Equal(new JwsResult.Refused(JwsProblem.AlgorithmRefused),
            JsonWebSignature.Verify(_forge.Token(), [_forge.Key], [JwsAlgorithms.Rs256]));

    [Fact]
    public void J2_a_public_key_is_never_an_HMAC_secret()
    {
        var jwk = JsonWebKeySetText(_forge.Key);
        foreach (var secret in new[] { Encoding.UTF8.GetBytes(_forge.PublicPem()), _forge.PublicDer(), jwk })
        {
            var token = _forge.Token("""{"alg":"HS256","kid":"k1"}""", sign: data => HMACSHA256.HashData(secret, data));
            Assert.Equal(JwsProblem.AlgorithmRefused, _forge.Problem(token));
        }
    }

    [Theory, InlineData(JwsAlgorithms.Rs256), InlineData(JwsAlgorithms.Ps256)]
    public void J2_the_key_type_fixes_the_family(string name)
    {
        Assert.Equal(JwsProblem.UnknownKey, _forge.Problem(_forge.Token($$"""{"alg":"{{name}}","kid":"k1"}""")));
    }

    [Fact]
    public void J2_a_key_reserved_for_one_RSA_scheme_does_not_verify_the_other()
    {
        using var key = PrivateSigningKey.Create(JwsAlgorithms.Ps256);
        using var same = PrivateSigningKey.Import(key.KeyId, JwsAlgorithms.Rs256, key.ExportPkcs8());
        var token = same.Sign("JWT", "{}"u8);
        Assert.Equal(new JwsResult.Refused(JwsProblem.UnknownKey), JsonWebSignature.Verify(token, [key.PublicKey], JwsAlgorithms.All));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(31)]
    public void J3_no_HMAC_key_is_long_enough_to_be_accepted(int length)
    {
        var token = _forge.Token("""{"alg":"HS256"}""", sign: data => HMACSHA256.HashData(new byte[length], data));
        Assert.Equal(JwsProblem.AlgorithmRefused, _forge.Problem(token));
        Assert.Empty(JsonWebKeySet.Parse("""{"keys":[{"kty":"oct","k":"","alg":"HS256"}]}""")!.Keys);
    }

    [Theory]
    [InlineData("""{"alg":"ES256","kid":"k1","crit":["exp"],"exp":1}""")]
    [InlineData("""{"alg":"ES256","kid":"k1","crit":[]}""")]
    [InlineData("""{"alg":"ES256","kid":"k1","b64":false,"crit":["b64"]}""")]
    [InlineData("""{"alg":"ES256","kid":"k1","b64":false}""")]
    public void J4_a_header_that_demands_an_extension_is_refused(string header) =>
        Assert.Equal(JwsProblem.CriticalHeader, _forge.Problem(_forge.Token(header)));

    [Theory]
    [InlineData("""{"alg":"none","alg":"ES256","kid":"k1"}""")]
    [InlineData("""{"alg":"ES256","\u0061lg":"none","kid":"k1"}""")]
    [InlineData("""{"alg":"ES256","kid":"k1",}""")]
    [InlineData("""{"alg":"ES256",/* hidden */"kid":"k1"}""")]
    [InlineData("""{"alg":"ES256","kid":"k1","x":"\ud800"}""")]
    [InlineData("""{"alg":"ES256","kid":"k1"}{}""")]
    [InlineData("""["ES256"]""")]
    [InlineData("")]
    public void J4_a_header_that_two_readers_could_read_differently_is_refused(string header) =>
        Assert.Equal(JwsProblem.Malformed, _forge.Problem(_forge.Token(header)));

    [Theory]
    [InlineData("""{"sub":"1","sub":"2"}""")]
    [InlineData("""{"a":{"b":1,"b":2}}""")]
    [InlineData("""{"sub":"\udc00"}""")]
    [InlineData("""["sub"]""")]
    [InlineData("null")]
    public void J4_a_payload_that_two_readers_could_read_differently_is_refused(string payload) =>
        Assert.Equal(JwsProblem.Malformed, _forge.Problem(_forge.Token(payload: payload)));

    [Fact]
    public void J4_only_the_compact_form_with_one_signature_is_read()
    {
        var parts = _forge.Token().Split('.');
        var json = $$"""{"protected":"{{parts[0]}}","payload":"{{parts[1]}}","signature":"{{parts[2]}}"}""";
        var unprotected = $$"""{"header":{"alg":"ES256"},"payload":"{{parts[1]}}","signature":"{{parts[2]}}"}""";
        Assert.All(
            [json, unprotected, _forge.Token() + "." + parts[2], parts[0] + "." + parts[1], parts[0], "", ".", "..", "..."],
            text => Assert.Equal(JwsProblem.Malformed, _forge.Problem(text)));
    }

    [Theory, InlineData("="), InlineData("=="), InlineData(" "), InlineData("\r\n"), InlineData("%%"), InlineData("AAA")]
    public void J4_a_token_has_exactly_one_spelling(string suffix) =>
        Assert.Equal(JwsProblem.Malformed, _forge.Problem(_forge.Token() + suffix));

    [Fact]
    public void J4_unused_bits_of_the_last_character_are_not_ignored()
    {
        var token = _forge.Token();                         // 64 octets end in one of A, Q, g, w
        var twin = token[..^1] + (char)(token[^1] + 1);     // the next character decodes to the same octets
        Assert.Equal(JwsProblem.Malformed, _forge.Problem(twin));
    }

    public static TheoryData<string> BadEcSignatures()
    {
        // n of P-256, SEC 2 §2.4.2
        const string N = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";
        var zero = new string('0', 64);
        var one = zero[..63] + "1";
        return new TheoryData<string>
        {
            zero + zero, zero + one, one + zero, N + one, one + N, N + N, N + zero,
            new string('F', 128), one, one + one + "00", zero[..2], one + one[..62],
        };
    }

    [Theory, MemberData(nameof(BadEcSignatures))]
    public void J5_an_ECDSA_signature_outside_its_range_or_length_is_refused(string hex) =>
        Assert.Equal(JwsProblem.SignatureInvalid, _forge.Problem(_forge.Token(sign: _ => Convert.FromHexString(hex))));

    [Fact]
    public void J5_DER_instead_of_two_fixed_numbers_is_refused() =>
        Assert.Equal(JwsProblem.SignatureInvalid, _forge.Problem(_forge.Token(sign: _forge.SignDer)));

    [Fact]
    public void J6_an_encrypted_token_is_not_a_signed_one()
    {
        var jwe = Forge.Encode("""{"alg":"ECDH-ES","enc":"A256GCM","kid":"k1"}""") + "..AAAA.AAAA.AAAA";
        Assert.Equal(JwsProblem.Malformed, _forge.Problem(jwe));
        Assert.Equal(JwsProblem.AlgorithmRefused, _forge.Problem(_forge.Token("""{"alg":"RSA-OAEP","enc":"A256GCM","kid":"k1"}""")));
    }

    [Fact]
    public void J7_no_encryption_algorithm_can_be_asked_for()
    {
        foreach (var name in new[] { "PBES2-HS256+A128KW", "RSA1_5", "dir", "A128GCMKW" })
            Assert.Equal(JwsProblem.AlgorithmRefused,
                _forge.Problem(_forge.Token($$"""{"alg":"{{name}}","p2c":2147483648,"zip":"DEF","kid":"k1"}""")));
    }

    [Fact]
    public void J8_a_million_dots_and_a_huge_header_cost_no_memory()
    {
        var dots = new string('.', 1_000_000);
        var huge = _forge.Token($$"""{"alg":"ES256","x":"{{new string('a', 1_000_000)}}"}""");
        var dotsWithinTheLimit = new string('.', JsonWebSignature.MaximumLength);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var problems = new[] { _forge.Problem(dots), _forge.Problem(huge), _forge.Problem(dotsWithinTheLimit) };
        var spent = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal([JwsProblem.TooLarge, JwsProblem.TooLarge, JwsProblem.Malformed], problems);
        Assert.InRange(spent, 0, 4_096);
    }

    [Fact]
    public void J8_a_deep_document_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", 10_000)) + "1" + new string('}', 10_000);
        Assert.NotNull(_forge.Problem(_forge.Token(deep)));
        Assert.NotNull(_forge.Problem(_forge.Token(payload: deep[..60] + "1" + new string('}', 10))));
        Assert.False(StrictJson.TryReadObject(Encoding.UTF8.GetBytes(deep), out _));
    }

    [Theory]
    [InlineData("../../../../dev/null"), InlineData("k1' OR '1'='1"), InlineData("https://evil.example/key"), InlineData("*)(uid=*"), InlineData("K1"), InlineData("")]
    public void J9_a_key_id_only_selects_among_the_given_keys(string keyId) =>
        Assert.Equal(JwsProblem.UnknownKey, _forge.Problem(_forge.Token(JsonSerializer.Serialize(new { alg = "ES256", kid = keyId }))));

    [Fact]
    public void J9_a_key_inside_the_header_is_never_used()
    {
        using var attacker = new Forge();
        var jwk = Encoding.UTF8.GetString(JsonWebKeySetText(attacker.Key));
        var key = jwk["""{"keys":[""".Length..^2];
        var header = $$"""{"alg":"ES256","jwk":{{key}},"jku":"https://evil.example/jwks","x5u":"https://evil.example/c","x5c":["AAAA"]}""";
        Assert.Equal(JwsProblem.SignatureInvalid, _forge.Problem(attacker.Token(header)));
        Assert.IsType<JwsResult.Verified>(_forge.Verify(_forge.Token(header)));   // ignored, not fatal
    }

    [Fact]
    public void J11_a_retired_key_verifies_while_it_is_published_and_not_after()
    {
        using var successor = new Forge("k2");
        var token = _forge.Token();
        Assert.IsType<JwsResult.Verified>(JsonWebSignature.Verify(token, [successor.Key, _forge.Key], JwsAlgorithms.All));
        Assert.Equal(new JwsResult.Refused(JwsProblem.UnknownKey), JsonWebSignature.Verify(token, [successor.Key], JwsAlgorithms.All));
    }

    [Fact]
    public void J11_two_keys_of_one_name_do_not_hide_each_other()
    {
        using var namesake = new Forge("k1");
        Assert.IsType<JwsResult.Verified>(JsonWebSignature.Verify(_forge.Token(), [namesake.Key, _forge.Key], JwsAlgorithms.All));
        Assert.Equal(new JwsResult.Refused(JwsProblem.SignatureInvalid),
            JsonWebSignature.Verify(_forge.Token(), [namesake.Key], JwsAlgorithms.All));
    }

    [Fact]
    public void J11_without_a_key_id_every_key_of_the_right_type_is_tried()
    {
        using var other = new Forge();
        using var rsa = PrivateSigningKey.Create(JwsAlgorithms.Rs256);
        var token = _forge.Token("""{"alg":"ES256"}""");
        var verified = Assert.IsType<JwsResult.Verified>(
            JsonWebSignature.Verify(token, [rsa.PublicKey, other.Key, _forge.Key], JwsAlgorithms.All));
        Assert.Null(verified.KeyId);
        Assert.True(verified.HasType(""));
    }

    [Fact]
    public void A_changed_header_payload_or_signature_is_refused()
    {
        var parts = _forge.Token().Split('.');
        var other = Forge.Encode(Forge.GoodPayload.Replace("\"1\"", "\"2\"", StringComparison.Ordinal));
        Assert.Equal(JwsProblem.SignatureInvalid, _forge.Problem($"{parts[0]}.{other}.{parts[2]}"));
        var header = Forge.Encode(_forge.GoodHeader.Replace("JWT", "at+jwt", StringComparison.Ordinal));
        Assert.Equal(JwsProblem.SignatureInvalid, _forge.Problem($"{header}.{parts[1]}.{parts[2]}"));
        Assert.Equal(JwsProblem.SignatureInvalid,
            _forge.Problem($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(64))}"));
    }

    [Fact]
    public void The_type_is_compared_as_a_media_type()
    {
        var result = Assert.IsType<JwsResult.Verified>(_forge.Verify(_forge.Token("""{"alg":"ES256","typ":"Application/AT+jwt","kid":"k1"}""")));
        Assert.True(result.HasType("at+jwt"));
        Assert.False(result.HasType("JWT"));
    }

    [Fact]
    public void An_unverified_reading_needs_no_key_and_says_what_it_is()
    {
        var unverified = JsonWebSignature.ReadUnverified(_forge.Token(sign: _ => []));
        Assert.Equal("1", unverified!.Payload.GetProperty("sub").GetString());
        Assert.DoesNotContain("an-binh", unverified.ToString(), StringComparison.Ordinal);
        Assert.Null(JsonWebSignature.ReadUnverified("a.b.c"));
        Assert.Null(JsonWebSignature.ReadUnverified(new string('a', 70_000)));
    }

    [Fact]
    public void A_result_in_a_log_line_holds_no_claims() =>
        Assert.DoesNotContain("an-binh", $"{_forge.Verify(_forge.Token())}", StringComparison.Ordinal);

    public void Dispose() => _forge.Dispose();

    private static byte[] JsonWebKeySetText(JsonWebKey key) => new JsonWebKeySet([key]).ToUtf8Bytes();
}
