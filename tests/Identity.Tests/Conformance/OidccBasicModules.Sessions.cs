using Identity.Tests.Harness;

namespace Identity.Tests.Conformance;

/// <summary>Signing in again, or not: <c>prompt</c>, <c>max_age</c>, <c>id_token_hint</c> (OpenID Connect Core §3.1.2.1).</summary>
public abstract partial class OidccBasicModules
{
    [Fact]
    public async Task oidcc_prompt_login()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, clock);
        var party = Party(provider);
        var browser = NewBrowser(provider);
        var first = await party.TokensAsync(browser);

        clock.Advance(TimeSpan.FromSeconds(2));

        var second = await party.TokensAsync(browser, ("prompt", "login"));
        Assert.Equal(first.Subject, second.Subject);
        Assert.True(second.AuthTime > first.AuthTime);
    }

    [Fact]
    public async Task oidcc_prompt_none_not_logged_in()
    {
        var (party, browser) = await StartAsync();
        Assert.Equal("login_required", party.Error(await party.AskAsync(browser, ("prompt", "none"))));
    }

    [Fact]
    public async Task oidcc_prompt_none_logged_in()
    {
        var (party, browser) = await StartAsync();
        var first = await party.TokensAsync(browser);
        IsSameSignIn(first, await party.SilentTokensAsync(browser, ("prompt", "none")));
    }

    [Fact]
    public async Task oidcc_id_token_hint()
    {
        var (party, browser) = await StartAsync();
        var first = await party.TokensAsync(browser);
        IsSameSignIn(first, await party.SilentTokensAsync(browser, ("prompt", "none"), ("id_token_hint", first.Reply.IdToken)));
    }

    [Fact]
    public async Task oidcc_max_age_1()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, clock);
        var party = Party(provider);
        var browser = NewBrowser(provider);
        var first = await party.TokensAsync(browser);

        clock.Advance(TimeSpan.FromSeconds(2));

        var second = await party.TokensAsync(browser, ("max_age", "1"));
        Assert.Equal(first.Subject, second.Subject);
        Assert.True(second.AuthTime > first.AuthTime);
        Assert.InRange(clock.GetUtcNow().ToUnixTimeSeconds() - second.AuthTime, 0, 1);
    }

    [Fact]
    public async Task oidcc_max_age_10000()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, clock);
        var party = Party(provider);
        var browser = NewBrowser(provider);
        var first = await party.TokensAsync(browser);

        clock.Advance(TimeSpan.FromSeconds(600));

        IsSameSignIn(first, await party.SilentTokensAsync(browser, ("max_age", "10000")));
    }

    private static void IsSameSignIn(ConformanceTokens first, ConformanceTokens second)
    {
        Assert.Equal(first.Subject, second.Subject);
        Assert.Equal(first.AuthTime, second.AuthTime);
        Assert.NotEqual(first.Reply.AccessToken, second.Reply.AccessToken);
    }
}
