using System.Text;
using System.Text.Json;
using Identity.Domain.Grants;
using Identity.Domain.Keys;
using Identity.Domain.People;
using Identity.Server.Oidc.Tokens;
using Identity.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Oidc;

/// <summary>Tokens that almost are ours.</summary>
public sealed class TokenAttackTests
{
    private const string Dead = """{"active":false}""";

    [Fact]
    public async Task O30_A_token_in_another_spelling_is_another_token()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var rp = TestRelyingParty.Of(provider);
        var tokens = await rp.TokensAsync(browser, changes: ("scope", "openid offline_access"));
        foreach (var token in (string[])[tokens.AccessToken, tokens.RefreshToken])
        {
            foreach (var spelled in (string[])
            [
                token[..^1], token[1..], token + "A", token + "==", token.ToUpperInvariant(), token.ToLowerInvariant(), token.Replace('-', '+').Replace('_', '/') + "=", Uri.EscapeDataString(token) + "%20",
                token.Replace(".", "%2E", StringComparison.Ordinal), "\u200b" + token, token.Insert(5, "\r\n"), $"\"{token}\"",
            ])
                Assert.Equal(Dead, (await rp.PostAsync("/connect/introspect", new() { ["token"] = spelled })).Body);
        }
        Assert.Equal(200, (await rp.TokenAsync(rp.Refresh(tokens.RefreshToken))).Status);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/tenant-b")]
    [InlineData("?")]
    [InlineData(".evil.example")]
    public async Task O36_A_token_that_our_key_signed_for_another_issuer_is_not_ours(string suffix)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var rp = TestRelyingParty.Of(provider);
        var good = await rp.TokensAsync(browser);
        var keys = provider.Services.GetRequiredService<SigningKeyRing>();
        string Signed(string issuer) => keys.Current("ES256").Sign("at+jwt", With(good.AccessToken, "iss", issuer));

        Assert.Equal(200, (await rp.UserInfoAsync(Signed(provider.Issuer))).Status);
        Assert.Equal(401, (await rp.UserInfoAsync(Signed(provider.Issuer + suffix))).Status);
        Assert.Equal(Dead, (await rp.PostAsync("/connect/introspect", new() { ["token"] = Signed(provider.Issuer + suffix) })).Body);
    }

    [Theory]
    [InlineData("at+jwt", "client_id", "rp-two")]
    [InlineData("at+jwt", "client_id", null)]
    [InlineData("at+jwt", "scope", null)]
    [InlineData("at+jwt", "jti", "no-grant-of-anybody")]
    [InlineData("JWT", "iss", "")]
    [InlineData("logout+jwt", "iss", "")]
    [InlineData("", "iss", "")]
    public async Task O31_Even_our_own_signature_makes_no_access_token_of_something_else(string type, string claim, string? value)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var rp = TestRelyingParty.Of(provider);
        var good = await rp.TokensAsync(browser);
        var payload = With(good.AccessToken, claim, value == "" ? provider.Issuer : value);
        var token = provider.Services.GetRequiredService<SigningKeyRing>().Current("ES256").Sign(type, payload);
        Assert.NotEqual(200, (await rp.UserInfoAsync(token)).Status);
    }

    [Fact]
    public void O34_Of_ten_thousand_secrets_no_two_are_alike_and_every_bit_is_a_coin()
    {
        const int samples = 10_000;
        IsRandom([.. Enumerable.Range(0, samples).Select(_ => BearerSecret.New().Value)], bits: 256);
        IsRandom([.. Enumerable.Range(0, samples).Select(_ => BearerSecret.NewIdentifier())], bits: 128);
        IsRandom([.. Enumerable.Range(0, samples).Select(_ => AccessTokenId.New())], bits: 128);
        IsRandom([.. Enumerable.Range(0, samples).Select(_ => AccessTokenId.New(Guid.Empty)[23..])], bits: 128);
    }

    [Fact]
    public async Task O35_An_attribute_that_bears_a_protocol_name_changes_no_token()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var name = $"p{Guid.NewGuid():N}"[..12];
        var attributes = new Dictionary<string, string> { ["name"] = "Người Mẫu" };
        foreach (var reserved in (string[])["sub", "iss", "aud", "amr", "acr", "sid", "exp", "nonce", "client_id", "scope"]) attributes[reserved] = "injected";
        await using (var scope = provider.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<LocalAccounts>().CreateAsync(name, TestProvider.Password, attributes, isAdministrator: false, CancellationToken.None);

        using var browser = provider.NewBrowser();
        var rp = TestRelyingParty.Of(provider);
        const string claims = """{"id_token":{"amr":null,"iss":{"essential":true},"aud":null},"userinfo":{"sub":null,"sid":null,"client_id":{"essential":true}}}""";
        var tokens = await rp.TokensAsync(browser, name, ("claims", claims), ("scope", "openid profile email phone"));

        foreach (var part in (string[])[Payload(tokens.IdToken), Payload(tokens.AccessToken), (await rp.UserInfoAsync(tokens.AccessToken)).Body])
        {
            Assert.DoesNotContain("injected", part, StringComparison.Ordinal);
            using var json = JsonDocument.Parse(part);
            Assert.Equal(json.RootElement.EnumerateObject().Select(p => p.Name).Distinct().Count(), json.RootElement.EnumerateObject().Count());
        }
    }

    /// <summary>Unique, long enough, and each position as often one as nought: 10⁴ fair coins stray by more than 300 once in a billion runs.</summary>
    private static void IsRandom(string[] values, int bits)
    {
        Assert.Equal(values.Length, values.Distinct(StringComparer.Ordinal).Count());
        var bytes = values.Select(v => System.Buffers.Text.Base64Url.DecodeFromChars(v)).ToList();
        Assert.All(bytes, b => Assert.True(b.Length * 8 >= bits));
        for (var bit = 0; bit < bytes[0].Length * 8; bit++)
            Assert.InRange(bytes.Count(b => (b[bit / 8] >> (bit % 8) & 1) == 1), (values.Length / 2) - 310, (values.Length / 2) + 310);
    }

    private static string Payload(string token) => Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));

    private static byte[] With(string token, string claim, string? value)
    {
        var claims = System.Text.Json.Nodes.JsonNode.Parse(Payload(token))!.AsObject();
        if (value is null) claims.Remove(claim);
        else claims[claim] = value;
        return Encoding.UTF8.GetBytes(claims.ToJsonString());
    }
}
