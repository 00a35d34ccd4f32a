using Identity.Tests.Harness;

namespace Identity.Tests.Oidc;

/// <summary>RFC 7662: a token is described to whom it concerns, and to everybody else it is dead.</summary>
public sealed class IntrospectionTests
{
    private const string Path = "/connect/introspect";
    private const string Dead = """{"active":false}""";

    [Fact]
    public async Task The_api_that_a_token_is_meant_for_learns_what_it_may_do()
    {
        var (provider, rp, tokens) = await TokensAsync("openid profile dossier.read");
        var json = (await Api(provider).PostAsync(Path, Of(tokens.AccessToken))).Json;
        Assert.True(json.GetProperty("active").GetBoolean());
        Assert.Equal("rp", json.GetProperty("client_id").GetString());
        Assert.Equal("openid profile dossier.read", json.GetProperty("scope").GetString());
        Assert.Equal(TestReply.Read(tokens.IdToken).Subject, json.GetProperty("sub").GetString());
        Assert.False(json.TryGetProperty("name", out _));
        Assert.True((await rp.PostAsync(Path, Of(tokens.AccessToken))).Json.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task O29_Whom_it_does_not_concern_learns_nothing()
    {
        var (provider, _, tokens) = await TokensAsync("openid profile offline_access");
        // Meant for this server alone: no business of the API, nor of another application.
        foreach (var stranger in (TestRelyingParty[])[Api(provider), TestRelyingParty.Of(provider, "rp-two")])
        {
            Assert.Equal(Dead, (await stranger.PostAsync(Path, Of(tokens.AccessToken))).Body);
            Assert.Equal(Dead, (await stranger.PostAsync(Path, Of(tokens.RefreshToken))).Body);
        }
    }

    [Fact]
    public async Task O29_A_public_client_cannot_ask_and_nobody_can_without_credentials()
    {
        var (provider, _, tokens) = await TokensAsync("openid dossier.read");
        var spa = new TestRelyingParty(provider, "spa", "https://spa.example/cb", secret: null);
        RawRequest.AssertRefused(await spa.PostAsync(Path, Of(tokens.AccessToken)), 401, "invalid_client");
        RawRequest.AssertRefused(await RawRequest.FormAsync(provider, Path, null, Of(tokens.AccessToken)), 401, "invalid_client");
        RawRequest.AssertRefused(await RawRequest.FormAsync(provider, Path, $"Bearer {tokens.AccessToken}", Of(tokens.AccessToken)), 401, "invalid_client");
    }

    [Theory]
    [InlineData("")]
    [InlineData("token=a&token=b")]
    public async Task A_request_without_exactly_one_token_is_refused(string body)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        RawRequest.AssertRefused(await RawRequest.BodyAsync(provider, Path, RawRequest.Basic($"api:{TestClients.Secret}"), body), 400, "invalid_request");
    }

    [Fact]
    public async Task O29_A_dead_token_has_one_answer_whatever_killed_it()
    {
        var (provider, rp, tokens) = await TokensAsync("openid dossier.read offline_access");
        var (_, _, foreign) = await TokensAsync("openid");
        await rp.PostAsync("/connect/revocation", Of(tokens.RefreshToken));
        var api = Api(provider);
        foreach (var value in (string[])[tokens.AccessToken, tokens.RefreshToken, tokens.IdToken, "garbage", "a.b.c", foreign.AccessToken[..^3] + "AAA", new string('x', 5_000)])
            Assert.Equal(Dead, (await api.PostAsync(Path, Of(value))).Body);
    }

    [Fact]
    public async Task O29_A_token_dies_with_its_time()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, clock);
        var machine = (await Api(provider).TokenAsync(RawRequest.ClientCredentials)).AccessToken;
        Assert.Contains("\"active\":true", (await Api(provider).PostAsync(Path, Of(machine))).Body, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(Dead, (await Api(provider).PostAsync(Path, Of(machine))).Body);
    }

    [Theory]
    [InlineData(" ", "")]
    [InlineData("", "=")]
    [InlineData("", ".")]
    [InlineData("", "\n")]
    [InlineData("", "%00")]
    public async Task O30_A_token_with_anything_around_it_is_another_token(string before, string after)
    {
        var (provider, _, tokens) = await TokensAsync("openid dossier.read");
        Assert.Equal(Dead, (await Api(provider).PostAsync(Path, Of(before + tokens.AccessToken + after))).Body);
    }

    private static TestRelyingParty Api(TestProvider provider) => new(provider, "api", "");

    private static Dictionary<string, string> Of(string token) => new() { ["token"] = token };

    private static async Task<(TestProvider Provider, TestRelyingParty Rp, TestReply Tokens)> TokensAsync(string scope)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var rp = TestRelyingParty.Of(provider);
        return (provider, rp, await rp.TokensAsync(browser, changes: ("scope", scope)));
    }
}
