using Identity.Tests.Harness;

namespace Identity.Tests.Oidc;

/// <summary>RFC 7009: a client takes back what is its own, and the answer never tells what was there.</summary>
public sealed class RevocationTests
{
    private const string Path = "/connect/revocation";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_refresh_token_takes_its_access_tokens_along(Engine engine)
    {
        var (provider, rp, tokens) = await TokensAsync(engine);
        Assert.Equal(200, (await rp.PostAsync(Path, Of(tokens.RefreshToken))).Status);
        Assert.Equal(401, (await rp.UserInfoAsync(tokens.AccessToken)).Status);
        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Refresh(tokens.RefreshToken))).Error);
        Assert.Equal(200, (await rp.PostAsync(Path, Of(tokens.RefreshToken))).Status);
        Assert.NotNull(provider);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_access_token_goes_alone(Engine engine)
    {
        var (_, rp, tokens) = await TokensAsync(engine);
        Assert.Equal(200, (await rp.PostAsync(Path, Of(tokens.AccessToken))).Status);
        Assert.Equal(200, (await rp.PostAsync(Path, Of(tokens.AccessToken))).Status);
        Assert.Equal(401, (await rp.UserInfoAsync(tokens.AccessToken)).Status);
        var next = await rp.TokenAsync(rp.Refresh(tokens.RefreshToken));
        Assert.Equal(200, (await rp.UserInfoAsync(next.AccessToken)).Status);
    }

    [Theory]
    [InlineData("refresh_token")]
    [InlineData("access_token")]
    [InlineData("nonsense")]
    public async Task A_wrong_hint_does_not_matter(string hint)
    {
        var (_, rp, tokens) = await TokensAsync(Engine.Sqlite);
        await rp.PostAsync(Path, new() { ["token"] = tokens.AccessToken, ["token_type_hint"] = hint });
        Assert.Equal(401, (await rp.UserInfoAsync(tokens.AccessToken)).Status);
    }

    [Fact]
    public async Task Another_clients_tokens_stay_and_the_answer_does_not_say_so()
    {
        var (provider, rp, tokens) = await TokensAsync(Engine.Sqlite);
        var other = TestRelyingParty.Of(provider, "rp-two");
        Assert.Equal(200, (await other.PostAsync(Path, Of(tokens.AccessToken))).Status);
        Assert.Equal(200, (await other.PostAsync(Path, Of(tokens.RefreshToken))).Status);
        Assert.Equal(200, (await rp.UserInfoAsync(tokens.AccessToken)).Status);
        Assert.Equal(200, (await rp.TokenAsync(rp.Refresh(tokens.RefreshToken))).Status);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("a.b.c")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB")]
    public async Task What_is_no_token_is_answered_like_one(string token)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var reply = await TestRelyingParty.Of(provider).PostAsync(Path, Of(token));
        Assert.Equal((200, ""), (reply.Status, reply.Body));
    }

    [Fact]
    public async Task The_handle_of_a_refresh_token_alone_ends_nothing()
    {
        var (_, rp, tokens) = await TokensAsync(Engine.Sqlite);
        var forged = tokens.RefreshToken.Split('.')[0] + "." + new string('B', 43);
        await rp.PostAsync(Path, Of(forged));
        Assert.Equal(200, (await rp.TokenAsync(rp.Refresh(tokens.RefreshToken))).Status);
    }

    [Fact]
    public async Task Nobody_revokes_without_credentials()
    {
        var (provider, _, tokens) = await TokensAsync(Engine.Sqlite);
        RawRequest.AssertRefused(await RawRequest.FormAsync(provider, Path, null, Of(tokens.AccessToken)), 401, "invalid_client");
        RawRequest.AssertRefused(await TestRelyingParty.Of(provider).PostAsync(Path, []), 400, "invalid_request");
    }

    private static Dictionary<string, string> Of(string token) => new() { ["token"] = token };

    private static async Task<(TestProvider Provider, TestRelyingParty Rp, TestReply Tokens)> TokensAsync(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        using var browser = provider.NewBrowser();
        var rp = TestRelyingParty.Of(provider);
        return (provider, rp, await rp.TokensAsync(browser, changes: ("scope", "openid profile offline_access")));
    }
}
