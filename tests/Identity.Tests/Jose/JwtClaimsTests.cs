using System.Text.Json;
using Identity.Protocols.Jose;

namespace Identity.Tests.Jose;

public sealed class JwtClaimsTests
{
    [Fact]
    public void Claims_of_the_right_types_are_read()
    {
        var claims = Read("""{"iss":"https://a.example/","sub":"s","aud":["x","y"],"exp":20,"nbf":10,"iat":11,"jti":"j","nonce":"n"}""");
        Assert.Equal(("https://a.example/", "s", "j"), (claims!.Issuer, claims.Subject, claims.Id));
        Assert.Equal(["x", "y"], claims.Audiences);
        Assert.Equal([20L, 10L, 11L], new[] { claims.ExpiresAt, claims.NotBefore, claims.IssuedAt }.Select(d => d!.Value.ToUnixTimeSeconds()));
        Assert.True(claims.TryGetText("nonce", out var nonce) && nonce == "n");
    }

    [Fact]
    public void Absent_claims_are_absent_and_not_wrong()
    {
        var claims = Read("{}")!;
        Assert.Null(claims.Issuer);
        Assert.Null(claims.ExpiresAt);
        Assert.Empty(claims.Audiences);
        Assert.True(claims.TryGetText("nonce", out var nonce) && nonce is null);
        Assert.True(claims.TryGetTexts("amr", out var amr) && amr.Count == 0);
    }

    [Theory, CombinedData]
    public void J10_a_date_that_is_not_whole_seconds_in_our_millennium_is_refused(string claim, string value) =>
        Assert.Null(Read($$"""{"{{claim}}":{{value}}}"""));

    [Theory]
    [InlineData("[]"), InlineData("[1]"), InlineData("""["a",null]"""), InlineData("""[["a"]]"""), InlineData("1"), InlineData("null")]
    [InlineData("\"\""), InlineData("""["a",""]"""), InlineData("{}")]
    public void J10_an_audience_that_is_not_text_or_an_array_of_texts_is_refused(string value) =>
        Assert.Null(Read($$"""{"aud":{{value}}}"""));

    [Theory]
    [InlineData("1"), InlineData("null"), InlineData("[]"), InlineData("""["a"]"""), InlineData("true"), InlineData("\"\""), InlineData("""
        "a\u0000b"
        """)]
    public void J10_an_issuer_subject_or_id_that_is_not_text_is_refused(string value) =>
        Assert.All(["iss", "sub", "jti"], claim => Assert.Null(Read($$"""{"{{claim}}":{{value}}}""")));

    [Fact]
    public void J10_a_subject_has_at_most_255_characters()
    {
        Assert.NotNull(Read($$"""{"sub":"{{new string('a', 255)}}"}"""));
        Assert.Null(Read($$"""{"sub":"{{new string('a', 256)}}"}"""));
    }

    [Fact]
    public void J10_a_slash_at_the_end_of_the_issuer_is_kept() =>
        Assert.NotEqual(Read("""{"iss":"https://a.example"}""")!.Issuer, Read("""{"iss":"https://a.example/"}""")!.Issuer);

    [Fact]
    public void Claims_in_a_log_line_show_nothing() =>
        Assert.DoesNotContain("secret-subject", $"{Read("""{"sub":"secret-subject"}""")}", StringComparison.Ordinal);

    private static JwtClaims? Read(string json) =>
        JwtClaims.TryRead(JsonDocument.Parse(json).RootElement, out var claims) ? claims : null;

    private sealed class CombinedDataAttribute : Xunit.Sdk.DataAttribute
    {
        public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod) =>
            from claim in new[] { "exp", "nbf", "iat" }
            from value in new[] { "\"20\"", "1.5", "2e1", "-1", "1000000000000000000", "1e400", "null", "true", "[20]" }
            select new object[] { claim, value };
    }
}
