using System.Net;
using Identity.Tests.Harness;

namespace Identity.Tests.Login;

/// <summary>Who is signed in, for how long, and what ends with it.</summary>
public sealed class SessionTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L10_Every_sign_in_gives_the_browser_a_new_secret(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        await rp.CodeAsync(browser);
        var first = SessionOf(provider, browser);
        await rp.CodeAsync(browser, "lan", ("prompt", "login"));
        Assert.NotEqual(first, SessionOf(provider, browser));
    }

    [Fact]
    public async Task L10_A_planted_session_cookie_is_worth_nothing_and_is_replaced()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        using var victim = provider.NewBrowser();
        const string planted = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        Plant(provider, victim, "session", planted);
        Assert.Equal("login_required", (await rp.AuthorizeAsync(victim, ("prompt", "none"))).Answer["error"]);

        await rp.CodeAsync(victim);

        Assert.NotEqual(planted, SessionOf(provider, victim));
        using var attacker = provider.NewBrowser();
        Plant(provider, attacker, "session", planted);
        Assert.Equal("login_required", (await rp.AuthorizeAsync(attacker, ("prompt", "none"))).Answer["error"]);
    }

    [Theory]
    [InlineData("session")]
    [InlineData("browser")]
    [InlineData("known-device")]
    [InlineData("last-method")]
    [InlineData("form")]
    [InlineData("lang")]
    public async Task M13_Nonsense_in_a_cookie_breaks_nothing(string cookie)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        foreach (var value in (string[])["x", "%00", "%22%3Cscript%3E", new string('a', 3_000), "AAAA.BBBB", "CfDJ8"])
        {
            using var browser = provider.NewBrowser();
            Plant(provider, browser, cookie, value);
            await TestRelyingParty.Of(provider).CodeAsync(browser);
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L12_A_sign_out_ends_cookie_code_and_tokens_except_what_was_asked_for_the_time_after(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var bound = await rp.TokensAsync(browser);
        var offline = await rp.TokensAsync(browser, changes: ("scope", "openid offline_access"));
        var code = await rp.CodeAsync(browser);
        var cookie = SessionOf(provider, browser);

        await browser.SubmitAsync(await browser.GetAsync("/account"), "/account/signout");

        Plant(provider, browser, "session", cookie);
        Assert.Equal("login_required", (await rp.AuthorizeAsync(browser, ("prompt", "none"))).Answer["error"]);
        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Exchange(code))).Error);
        Assert.Equal(401, (await rp.UserInfoAsync(bound.AccessToken)).Status);
        Assert.Equal(200, (await rp.TokenAsync(rp.Refresh(offline.RefreshToken))).Status);
    }

    [Fact]
    public async Task L12_A_second_browser_of_the_same_person_stays_signed_in()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        using var one = provider.NewBrowser();
        using var two = provider.NewBrowser();
        await rp.CodeAsync(one);
        await rp.CodeAsync(two);
        await one.SubmitAsync(await one.GetAsync("/account"), "/account/signout");
        Assert.True((await rp.AuthorizeAsync(two, ("prompt", "none"))).Answer.ContainsKey("code"));
    }

    [Fact]
    public async Task L13_A_hint_of_somebody_else_is_never_answered_with_this_person()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var lan = (await rp.TokensAsync(browser)).IdToken;
        Assert.True((await rp.AuthorizeAsync(browser, ("prompt", "none"), ("id_token_hint", lan))).Answer.ContainsKey("code"));

        var binh = (await rp.TokensAsync(browser, "binh", ("prompt", "login"))).IdToken;

        Assert.NotEqual(TestReply.Read(lan).Subject, TestReply.Read(binh).Subject);
        Assert.Equal("login_required", (await rp.AuthorizeAsync(browser, ("prompt", "none"), ("id_token_hint", lan))).Answer["error"]);
        // Asked openly, the person must sign in, and the wrong one again is refused.
        var page = await rp.AuthorizeAsync(browser, ("id_token_hint", lan));
        Assert.True(Someone.AsksForPassword(page));
        Assert.Equal("login_required", (await Someone.SignInAsync(browser, page, "cuc")).Answer["error"]);
    }

    [Fact]
    public async Task L13_The_claims_parameter_insists_as_well_as_a_hint()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var lan = TestReply.Read((await rp.TokensAsync(browser)).IdToken).Subject;
        await rp.CodeAsync(browser, "binh", ("prompt", "login"));
        var claims = "{\"id_token\":{\"sub\":{\"value\":\"" + lan + "\"}}}";
        Assert.Equal("login_required", (await rp.AuthorizeAsync(browser, ("prompt", "none"), ("claims", claims))).Answer["error"]);
    }

    [Fact]
    public async Task L13_Choosing_an_account_shows_who_is_there_and_lets_go_on_or_change()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var lan = TestReply.Read((await rp.TokensAsync(browser)).IdToken).Subject;

        var page = await rp.AuthorizeAsync(browser, ("prompt", "select_account"));
        Assert.Contains("lan", page.Text, StringComparison.Ordinal);
        var same = (await browser.SubmitAsync(page, "/switch", ("answer", "continue"))).Answer["code"];
        Assert.Equal(lan, TestReply.Read((await rp.TokenAsync(rp.Exchange(same))).IdToken).Subject);

        page = await rp.AuthorizeAsync(browser, ("prompt", "select_account"));
        page = await browser.SubmitAsync(page, "/switch", ("answer", "other"));
        var other = (await Someone.SignInAsync(browser, page, "binh")).Answer["code"];
        Assert.NotEqual(lan, TestReply.Read((await rp.TokenAsync(rp.Exchange(other))).IdToken).Subject);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_session_ends_when_it_is_idle(Engine engine)
    {
        var (provider, clock) = await ClockedAsync(engine);
        await using var _ = provider;
        using var browser = provider.NewBrowser();
        Assert.True(await IsSignedInAfterAsync(provider, browser, clock, TimeSpan.Zero, signIn: true));
        Assert.True(await IsSignedInAfterAsync(provider, browser, clock, TimeSpan.FromMinutes(59)));
        Assert.True(await IsSignedInAfterAsync(provider, browser, clock, TimeSpan.FromMinutes(59)));
        Assert.False(await IsSignedInAfterAsync(provider, browser, clock, TimeSpan.FromMinutes(61)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_session_ends_at_its_absolute_limit_however_busy(Engine engine)
    {
        var (provider, clock) = await ClockedAsync(engine);
        await using var _ = provider;
        using var browser = provider.NewBrowser();
        await IsSignedInAfterAsync(provider, browser, clock, TimeSpan.Zero, signIn: true);
        for (var hour = 0; hour < 14; hour++)
            Assert.True(await IsSignedInAfterAsync(provider, browser, clock, TimeSpan.FromMinutes(50)), $"after {(hour + 1) * 50} minutes");
        Assert.False(await IsSignedInAfterAsync(provider, browser, clock, TimeSpan.FromMinutes(50)));
    }

    [Fact]
    public async Task An_access_token_lives_for_its_ten_minutes()
    {
        var (provider, clock) = await ClockedAsync(Engine.Sqlite);
        await using var _ = provider;
        using var browser = provider.NewBrowser();
        var rp = TestRelyingParty.Of(provider);
        await rp.CodeAsync(browser);
        clock.Advance(TimeSpan.FromMinutes(59));
        var tokens = await rp.TokensAsync(browser);
        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(200, (await rp.UserInfoAsync(tokens.AccessToken)).Status);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(401, (await rp.UserInfoAsync(tokens.AccessToken)).Status);
    }

    private static async Task<(TestProvider, FixedClock)> ClockedAsync(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        return (await TestProvider.StartAsync(engine, clock), clock);
    }

    private static async Task<bool> IsSignedInAfterAsync(TestProvider provider, TestBrowser browser, FixedClock clock, TimeSpan pause, bool signIn = false)
    {
        clock.Advance(pause);
        var rp = TestRelyingParty.Of(provider);
        if (signIn) await rp.CodeAsync(browser);
        return (await rp.AuthorizeAsync(browser, ("prompt", "none"))).Answer.ContainsKey("code");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_request_that_left_before_another_tabs_session_came_goes_on_by_itself(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var person = await Someone.NewAsync(provider);
        var waiting = await Someone.SignInAsync(browser, await TestRelyingParty.Of(provider, "rp-release").AuthorizeAsync(browser, ("scope", "openid profile")), person);
        Assert.EndsWith("/release", waiting.Address.AbsolutePath, StringComparison.Ordinal);
        var early = SessionOf(provider, browser);
        await rp.CodeAsync(browser, person, ("prompt", "login"));
        var renewed = SessionOf(provider, browser);

        Plant(provider, browser, "session", early);
        var page = await browser.GetAsync($"/connect/authorize/callback?request={waiting.Address.Segments[2].TrimEnd('/')}");
        Assert.True(Someone.AsksForPassword(page), page.Text);
        Plant(provider, browser, "session", renewed);
        Assert.Equal(waiting.Address.AbsolutePath, (await browser.GetAsync(page.Address.AbsoluteUri)).Address.AbsolutePath);
    }

    private static string SessionOf(TestProvider provider, TestBrowser browser) => browser.Cookies.GetCookies(new Uri(provider.Issuer))["session"]!.Value;

    private static void Plant(TestProvider provider, TestBrowser browser, string name, string value) =>
        browser.Cookies.Add(new Uri(provider.Issuer), new Cookie(name, value, "/"));
}
