using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Factors;

/// <summary>What an application asks for and what is asked of the person then: only what is missing, in the session that is there.</summary>
public sealed class StepUpTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 5, 0, 1, TimeSpan.Zero);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_step_up_asks_for_the_missing_factor_and_keeps_session_applications_and_tokens(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        var key = await visitor.AddAppAsync();
        visitor.Forget();
        var rp = TestRelyingParty.Of(provider);
        var before = await rp.TokensAsync(visitor.Browser, visitor.Name);
        var cookie = Cookie(visitor);
        Assert.Equal("urn:vn:eid:auth:1", TestReply.Read(before.IdToken).GetClaim("acr").Value);
        provider.Clock!.Advance(TimeSpan.FromMinutes(7));

        var page = await visitor.AskForAsync(2);
        Assert.Equal("Xác nhận thêm một bước", page.Heading);
        Assert.DoesNotContain(page.Forms, f => f.Action.EndsWith("/password", StringComparison.Ordinal));
        var after = await visitor.IdTokenAsync(await visitor.TypeCodeAsync(page, Oathtool.Code(key, visitor.Now)));

        Assert.Equal("urn:vn:eid:auth:2", after.GetClaim("acr").Value);
        Assert.Equal(visitor.Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), after.GetClaim("auth_time").Value);
        Assert.Equal(TestReply.Read(before.IdToken).GetClaim("sid").Value, after.GetClaim("sid").Value);
        Assert.Equal(200, (await rp.UserInfoAsync(before.AccessToken)).Status);
        // The cookie of before is worth nothing, not even level 1 (L10).
        Assert.NotEqual(cookie, Cookie(visitor));
        using var thief = provider.NewBrowser();
        thief.Cookies.Add(new Uri(provider.Issuer), new System.Net.Cookie("session", cookie));
        Assert.True(Someone.AsksForPassword(await rp.AuthorizeAsync(thief)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_first_use_of_an_application_that_needs_two_factors_sets_one_up_and_goes_on(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine, new FixedClock(Noon));
        await provider.ImportAsync(ClientDocument.Of("rp", c => c["minimum_acr_level"] = 2));
        using var visitor = await FactorVisitor.NewAsync(provider);
        var page = await Someone.SignInAsync(visitor.Browser, await TestRelyingParty.Of(provider).AuthorizeAsync(visitor.Browser), visitor.Name);
        Assert.Equal("Thêm một cách xác nhận thứ hai", page.Heading);
        Assert.Contains("Tôi không biết chọn gì", page.Text, StringComparison.Ordinal);
        var setUp = page.Document.QuerySelectorAll("a").Select(a => a.GetAttribute("href")).Single(h => h?.StartsWith("/account/identities/app", StringComparison.Ordinal) == true)!;

        page = await visitor.Browser.GetAsync(setUp);
        page = await visitor.Browser.SubmitAsync(page, "/app", ("code", Oathtool.Code(FactorVisitor.KeyOn(page), visitor.Now)), ("name", "Điện thoại"));
        var goOn = page.Document.QuerySelector("a.go")!.GetAttribute("href")!;

        var token = await visitor.IdTokenAsync(await visitor.Browser.GetAsync(goOn));
        Assert.Equal("urn:vn:eid:auth:2", token.GetClaim("acr").Value);
        Assert.Equal(["pwd", "otp"], token.Claims.Where(c => c.Type == "amr").Select(c => c.Value));
    }

    [Fact]
    public async Task L6_A_password_alone_does_not_add_remove_or_replace_what_stands_beside_it()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        await visitor.AddAppAsync();
        var list = await visitor.OpenAsync("/account/identities");
        var id = list.Document.QuerySelector("input[name=id]")!.GetAttribute("value")!;
        visitor.Forget();
        await visitor.OpenAsync("/account");
        // Every set-up page leads to the second factor, and so does every form of theirs.
        foreach (var address in (string[])["/account/identities/app", "/account/identities/passkey", "/account/identities/codes"])
            Assert.EndsWith("/step-up", (await visitor.Browser.GetAsync(address)).Address.AbsolutePath, StringComparison.Ordinal);
        list = await visitor.Browser.GetAsync("/account/identities");
        var form = list.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        var removal = await visitor.Browser.PostAsync("/account/identities", [new("form", form), new("kind", "App"), new("id", id), new("do", "remove")]);
        Assert.EndsWith("/step-up", removal.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.EndsWith("/step-up", (await visitor.Browser.PostAsync("/account/identities/codes", [new("form", form)])).Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal((1, 0), await provider.InDatabaseAsync(async db => (await db.TotpApps.CountAsync(), await db.RecoveryCodes.CountAsync())));
        // The page of the set-up that an application's sign-in offers is no other way round.
        var request = (await visitor.AskForAsync(2)).Address.AbsolutePath.Split('/')[2];
        Assert.EndsWith("/step-up", (await visitor.Browser.GetAsync($"/login/{request}/enrol")).Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task L6_No_jump_past_the_second_factor_ends_at_the_application()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        await visitor.AddAppAsync();
        visitor.Forget();
        var page = await visitor.SignInForAsync(2);
        var request = page.Address.AbsolutePath.Split('/')[2];
        foreach (var address in (string[])[$"/connect/authorize/callback?request={request}", $"/login/{request}/continue", $"/login/{request}/suggest", $"/login/{request}/release", $"/login/{request}", $"/login/{request}/recover"])
            Assert.Null((await visitor.Browser.GetAsync(address)).LeftFor);
        var form = page.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        foreach (var action in (string[])["suggest", "switch", "release", "first"])
            Assert.Null((await visitor.Browser.PostAsync($"/login/{request}/{action}", [new("form", form), new("answer", "yes")])).LeftFor);
        // An answer for level 1 in another tab stays one for level 1.
        var token = await visitor.IdTokenAsync(await TestRelyingParty.Of(provider).AuthorizeAsync(visitor.Browser));
        Assert.Equal("urn:vn:eid:auth:1", token.GetClaim("acr").Value);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_is_older_than_max_age_counts_no_longer(Engine engine)
    {
        await using var provider = await TestProvider.StartAsync(engine, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        var key = await visitor.AddAppAsync();
        provider.Clock!.Advance(TimeSpan.FromMinutes(20));
        // Level 1 within five minutes: the app alone is enough, and the token says that it was alone.
        var page = await visitor.AskForAsync(1, ("max_age", "300"));
        Assert.Equal("Xác nhận thêm một bước", page.Heading);
        var token = await visitor.IdTokenAsync(await visitor.TypeCodeAsync(page, Oathtool.Code(key, visitor.Now)));
        Assert.Equal(("urn:vn:eid:auth:1", "otp"), (token.GetClaim("acr").Value, token.Claims.Single(c => c.Type == "amr").Value));
        // Without that limit, the password of twenty minutes ago is part of it again.
        token = await visitor.IdTokenAsync(await visitor.AskForAsync(2));
        Assert.Equal("urn:vn:eid:auth:2", token.GetClaim("acr").Value);
        // Level 2 within five minutes: the password has to come again as well.
        Assert.True(Someone.AsksForPassword(await visitor.AskForAsync(2, ("max_age", "300"))));
    }

    [Fact]
    public async Task L6_Silently_nothing_is_stepped_up()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        await visitor.AddAppAsync();
        visitor.Forget();
        await TestRelyingParty.Of(provider).TokensAsync(visitor.Browser, visitor.Name);
        Assert.Equal("login_required", (await visitor.AskForAsync(2, ("prompt", "none"))).Answer["error"]);
    }

    [Fact]
    public async Task Giving_up_leads_back_to_the_application_and_leaves_the_session_as_it_was()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var visitor = await FactorVisitor.NewAsync(provider);
        await visitor.AddAppAsync();
        visitor.Forget();
        var page = await visitor.SignInForAsync(2);
        var answer = await visitor.Browser.SubmitAsync(page, "/cancel");
        Assert.Equal("access_denied", answer.Answer["error"]);
        Assert.True((await TestRelyingParty.Of(provider).AuthorizeAsync(visitor.Browser)).Answer.ContainsKey("code"));
    }

    private static string Cookie(FactorVisitor visitor) => visitor.Browser.Cookies.GetAllCookies().Single(c => c.Name == "session").Value;
}
