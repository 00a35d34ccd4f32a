using System.Text.Json;
using Identity.Tests.Harness;

namespace Identity.Tests.Oidc;

/// <summary>The token endpoint's own rules, and tokens that machines get for themselves.</summary>
public sealed class TokenEndpointTests
{
    private const string Token = "/connect/token";
    private static readonly string Basic = RawRequest.Basic($"api:{TestClients.Secret}");

    [Fact]
    public async Task It_is_asked_by_post_alone()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Head])
            Assert.Equal(405, (await RawRequest.SendAsync(provider, method, Token, Basic)).Status);
    }

    [Theory]
    [InlineData("{\"grant_type\":\"client_credentials\"}", "application/json")]
    [InlineData("grant_type=client_credentials", "text/plain")]
    [InlineData("grant_type=client_credentials", "multipart/form-data")]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials", "application/x-www-form-urlencoded")]
    [InlineData("grant_type=client_credentials&scope=dossier.read&scope=dossier.read", "application/x-www-form-urlencoded")]
    [InlineData("grant_type=client_credentials&x=1&x=1", "application/x-www-form-urlencoded")]
    [InlineData("scope=dossier.read", "application/x-www-form-urlencoded")]
    [InlineData("grant_type=", "application/x-www-form-urlencoded")]
    [InlineData("", "application/x-www-form-urlencoded")]
    public async Task A_body_that_is_no_proper_form_is_refused(string body, string contentType)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        RawRequest.AssertRefused(await RawRequest.BodyAsync(provider, Token, Basic, body, contentType), 400, "invalid_request");
    }

    [Fact]
    public async Task O10_A_huge_body_is_refused()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        foreach (var size in (int[])[30_000, 60_000])
            Assert.InRange((await RawRequest.BodyAsync(provider, Token, Basic, "grant_type=client_credentials&x=" + new string('x', size))).Status, 400, 499);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("implicit")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code")]
    [InlineData("urn:ietf:params:oauth:grant-type:token-exchange")]
    [InlineData("urn:ietf:params:oauth:grant-type:jwt-bearer")]
    [InlineData("CLIENT_CREDENTIALS")]
    public async Task O33_Grants_that_do_not_exist_here_are_refused(string grant)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var form = new Dictionary<string, string> { ["grant_type"] = grant, ["username"] = "lan", ["password"] = TestProvider.Password };
        RawRequest.AssertRefused(await RawRequest.FormAsync(provider, Token, Basic, form), 400, "unsupported_grant_type");
    }

    [Fact]
    public async Task A_machine_gets_a_token_for_the_api_and_nothing_else()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var reply = await MachineAsync(("scope", "dossier.read"));

        Assert.Equal(200, reply.Status);
        Assert.Equal("dossier.read", reply.Json.GetProperty("scope").GetString());
        Assert.False(reply.Json.TryGetProperty("refresh_token", out _) || reply.Json.TryGetProperty("id_token", out _));
        var token = await TestToken.ValidateAsync(provider, reply.AccessToken, "https://dossiers.anbinh.example", "ES256");
        Assert.True(token.IsValid, token.Exception?.Message);
        Assert.Equal(("api", "api"), (token.Claims["sub"], token.Claims["client_id"]));
    }

    [Theory]
    [InlineData("openid")]
    [InlineData("dossier.read openid")]
    [InlineData("profile")]
    [InlineData("vn_pin")]
    [InlineData("dossier.write")]
    [InlineData(" ")]
    public async Task O9_A_machine_gets_no_scope_that_it_does_not_have(string scope) =>
        RawRequest.AssertRefused(await MachineAsync(("scope", scope)), 400, "invalid_scope");

    [Fact]
    public async Task Applications_for_people_are_no_machines_and_machines_no_applications()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        RawRequest.AssertRefused(await TestRelyingParty.Of(provider).TokenAsync(RawRequest.ClientCredentials), 400, "unauthorized_client");
        RawRequest.AssertRefused(await new TestRelyingParty(provider, "spa", "https://spa.example/cb", secret: null).TokenAsync(RawRequest.ClientCredentials), 400, "unauthorized_client");
        RawRequest.AssertRefused(await MachineAsync(("grant_type", "authorization_code"), ("code", "any")), 400, "unauthorized_client");
        RawRequest.AssertRefused(await MachineAsync(("grant_type", "refresh_token"), ("refresh_token", "any")), 400, "unauthorized_client");
    }

    [Fact]
    public async Task An_access_token_is_what_RFC_9068_describes()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var reply = await TestRelyingParty.Of(provider).TokensAsync(browser, changes: ("scope", "openid profile dossier.read"));
        var token = TestReply.Read(reply.AccessToken);

        Assert.Equal("at+jwt", token.Typ);
        Assert.Equal(provider.Issuer, token.Issuer);
        Assert.Equal(["https://dossiers.anbinh.example", provider.Issuer], token.Audiences.Order(StringComparer.Ordinal).OrderByDescending(a => a.StartsWith("https", StringComparison.Ordinal)));
        Assert.Equal("openid profile dossier.read", token.GetClaim("scope").Value);
        Assert.Equal("rp", token.GetClaim("client_id").Value);
        Assert.Equal(TestReply.Read(reply.IdToken).Subject, token.Subject);
        foreach (var name in (string[])["jti", "iat", "exp", "auth_time", "acr", "amr"]) Assert.True(token.TryGetClaim(name, out _), name);
        foreach (var name in (string[])["nonce", "name", "email", "at_hash"]) Assert.False(token.TryGetClaim(name, out _), name);
        Assert.Equal(reply.Json.GetProperty("expires_in").GetInt32(), (token.ValidTo - token.IssuedAt).TotalSeconds);
    }

    [Fact]
    public async Task O34_No_two_codes_or_tokens_are_alike_and_all_are_long_enough()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var values = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            var code = await rp.CodeAsync(browser, changes: ("scope", "openid offline_access"));
            values.AddRange([code, (await rp.TokenAsync(rp.Exchange(code))).RefreshToken]);
        }
        Assert.Equal(values.Count, values.Distinct().Count());
        Assert.All(values, v => Assert.True(v.Length >= 43, "at least 256 bits in base64url"));
        Assert.Equal(20, values.Select(v => v[..8]).Distinct().Count());
    }

    [Fact]
    public async Task Answers_are_json_and_never_kept()
    {
        var reply = await MachineAsync();
        Assert.Equal("no-store", reply.Headers.CacheControl!.ToString());
        Assert.Equal(JsonValueKind.Number, reply.Json.GetProperty("expires_in").ValueKind);
        Assert.Equal("Bearer", reply.Json.GetProperty("token_type").GetString());
    }

    private static async Task<TestReply> MachineAsync(params (string Name, string Value)[] changes)
    {
        var form = new Dictionary<string, string>(RawRequest.ClientCredentials);
        foreach (var (name, value) in changes) form[name] = value;
        return await RawRequest.FormAsync(await TestProvider.SharedAsync(Engine.Sqlite), Token, Basic, form);
    }
}
