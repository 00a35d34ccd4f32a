using Identity.Tests.Harness;

namespace Identity.Tests.Oidc;

/// <summary>RFC 6750 at UserInfo: one token, in one place, of the right kind.</summary>
public sealed class UserInfoTests
{
    private const string Path = "/connect/userinfo";

    [Fact]
    public async Task A_token_is_taken_from_the_header_or_from_the_form()
    {
        var (provider, tokens) = await TokensAsync();
        var form = new Dictionary<string, string> { ["access_token"] = tokens.AccessToken };
        var replies = new[]
        {
            await RawRequest.SendAsync(provider, HttpMethod.Get, Path, $"Bearer {tokens.AccessToken}"),
            await RawRequest.SendAsync(provider, HttpMethod.Get, Path, $"bearer {tokens.AccessToken}"),
            await RawRequest.SendAsync(provider, HttpMethod.Post, Path, $"Bearer {tokens.AccessToken}"),
            await RawRequest.FormAsync(provider, Path, null, form),
        };
        Assert.All(replies, r => Assert.Equal(200, r.Status));
        Assert.Single(replies.Select(r => r.Body).Distinct());
        Assert.Equal("no-store", replies[0].Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Without_a_token_the_challenge_names_no_error()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var reply = await RawRequest.SendAsync(provider, HttpMethod.Get, Path, null);
        Assert.Equal(401, reply.Status);
        var challenge = Assert.Single(reply.Headers.WwwAuthenticate);
        Assert.Equal("Bearer", challenge.Scheme);
        Assert.DoesNotContain("error", challenge.Parameter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_places_or_the_address_are_refused()
    {
        var (provider, tokens) = await TokensAsync();
        var form = new Dictionary<string, string> { ["access_token"] = tokens.AccessToken };
        Assert.Equal(400, (await RawRequest.FormAsync(provider, Path, $"Bearer {tokens.AccessToken}", form)).Status);
        Assert.Equal(400, (await RawRequest.SendAsync(provider, HttpMethod.Get, $"{Path}?access_token={tokens.AccessToken}", null)).Status);
        Assert.Equal(400, (await RawRequest.SendAsync(provider, HttpMethod.Get, $"{Path}?access_token={tokens.AccessToken}", $"Bearer {tokens.AccessToken}")).Status);
        Assert.Equal(400, (await RawRequest.BodyAsync(provider, Path, null, $"access_token={tokens.AccessToken}&access_token={tokens.AccessToken}")).Status);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public async Task Garbage_is_an_invalid_token(string token)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        RawRequest.AssertRefused(await RawRequest.SendAsync(provider, HttpMethod.Get, Path, $"Bearer {token}"), 401, "invalid_token", "Bearer");
    }

    [Fact]
    public async Task O31_A_token_of_another_kind_is_refused()
    {
        var (provider, tokens) = await TokensAsync();
        using var browser = provider.NewBrowser();
        var code = await TestRelyingParty.Of(provider).CodeAsync(browser);
        var session = browser.Cookies.GetAllCookies().Single(c => c.Name == "session").Value;
        foreach (var other in (string[])[tokens.IdToken, tokens.RefreshToken, code, session])
            RawRequest.AssertRefused(await RawRequest.SendAsync(provider, HttpMethod.Get, Path, $"Bearer {other}"), 401, "invalid_token", "Bearer");
    }

    [Fact]
    public async Task O31_A_token_is_no_session_cookie()
    {
        var (provider, tokens) = await TokensAsync();
        using var browser = provider.NewBrowser();
        browser.Cookies.Add(new Uri(provider.Issuer), new System.Net.Cookie("session", tokens.RefreshToken));
        Assert.Equal("login_required", (await TestRelyingParty.Of(provider).AuthorizeAsync(browser, ("prompt", "none"))).Answer["error"]);
    }

    [Fact]
    public async Task A_machine_is_nobody()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var token = (await new TestRelyingParty(provider, "api", "").TokenAsync(RawRequest.ClientCredentials)).AccessToken;
        var reply = await RawRequest.SendAsync(provider, HttpMethod.Get, Path, $"Bearer {token}");
        Assert.Equal((403, "insufficient_scope"), (reply.Status, reply.Error));
    }

    [Fact]
    public async Task O35_Only_what_the_scopes_of_the_token_cover_is_released()
    {
        var (provider, tokens) = await TokensAsync("openid email");
        var json = (await RawRequest.SendAsync(provider, HttpMethod.Get, Path, $"Bearer {tokens.AccessToken}")).Json;
        Assert.Equal(["sub", "email", "email_verified"], json.EnumerateObject().Select(p => p.Name));
    }

    private static async Task<(TestProvider Provider, TestReply Tokens)> TokensAsync(string scope = "openid profile offline_access")
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        return (provider, await TestRelyingParty.Of(provider).TokensAsync(browser, changes: ("scope", scope)));
    }
}
