using Identity.Browser.Tests.Harness;
using Identity.Browser.Tests.Inspection;
using Xunit.Abstractions;

namespace Identity.Browser.Tests.Journeys;

/// <summary>Every page as its readers meet it: axe, Tab key, reflow; the e-ID and the applications are somebody else's pages.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class EveryPageTests(Chromium chromium, ITestOutputHelper output)
{
    private readonly PageReport _report = new();

    [Theory, InlineData("vi-VN"), InlineData("en-US")]
    public async Task The_sign_in_page_is_light_and_asks_nobody_else(string locale)
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(locale, Width: 360));
        await visitor.StartAtAsync(stage.Documents);
        await visitor.ReachAsync("**/login/*");

        var weight = await SignInWeight.OfAsync(visitor.Page);
        output.WriteLine($"{locale}: {weight}");
        Assert.True(weight.CompressedBytes <= 14 * 1024, weight.ToString());
        Assert.Equal(1, weight.RequestsBeforePaint);
        Assert.True(weight.Requests <= 3, weight.ToString());

        await SeeAsync(visitor, $"sign-in-{locale[..2]}");
        visitor.AssertNothingStrange();
        _report.AssertFaultless();
    }

    [Fact]
    public async Task The_pages_of_a_first_sign_in()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        await visitor.StartAtAsync(stage.Portal);
        await visitor.ReachAsync("**/login/*");
        await SeeAsync(visitor, "sign-in-one-way");
        await visitor.ProveAsync("dai");
        await SeeAsync(visitor, "first-sign-in");
        await visitor.PressAsync("button[name=answer][value=yes]");
        await visitor.ReachAsync("**/release");
        await SeeAsync(visitor, "release-notice");
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Portal);

        await visitor.StartAtAsync(stage.Documents);
        await visitor.ReachAsync("**/release");
        await SeeAsync(visitor, "release-consent");
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Documents);

        await visitor.OpenAsync(stage.Documents + "/signin?prompt=select_account");
        await SeeAsync(visitor, "other-person");
        visitor.AssertNothingStrange();
        _report.AssertFaultless();
    }

    [Fact]
    public async Task The_pages_on_unusual_ways()
    {
        await using var stage = await Stage.StartAsync();
        await using var inApp = await chromium.VisitAsync(stage, new VisitorKind
        {
            UserAgent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36 Zalo android/24110",
        });
        await inApp.StartAtAsync(stage.Portal);
        var request = inApp.Page.Url;
        await inApp.PressAsync("form[action*='/start/'] button");
        await inApp.ReachAsync("**/going/*");
        await SeeAsync(inApp, "going-in-app");
        inApp.AssertNothingStrange();

        await using var stranger = await chromium.VisitAsync(stage);
        await stranger.OpenAsync(request);
        await SeeAsync(stranger, "problem-wrong-browser");
        // This browser has no sign-in that it could cancel.
        Assert.Equal(0, await stranger.Page.Locator("form[action$='/cancel']").CountAsync());
        await stranger.OpenAsync(stage.Server + "/login/unknown-request/expired");
        await SeeAsync(stranger, "expired-unknown");
        stranger.AssertNothingStrange();
        _report.AssertFaultless();
    }

    [Fact]
    public async Task The_pages_that_anybody_may_open()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        foreach (var (address, name) in ((string, string)[])[("/", "root"), ("/help", "help"), ("/privacy", "privacy"), ("/accessibility", "accessibility")])
        {
            await visitor.OpenAsync(stage.Server + address);
            await SeeAsync(visitor, name);
        }
        visitor.AssertNothingStrange();

        await visitor.OpenAsync(stage.Server + "/no/such/page");
        await SeeAsync(visitor, "error-not-found");
        await visitor.OpenAsync(stage.Server + "/connect/authorize?client_id=portal&redirect_uri=https://nobody.example/cb&response_type=code&scope=openid");
        await SeeAsync(visitor, "error-app-setup");
        visitor.AssertNoPolicyViolation();
        _report.AssertFaultless();
    }

    [Fact]
    public async Task The_pages_of_my_account_and_of_signing_out()
    {
        await using var stage = await Stage.StartAsync();
        await using var elsewhere = await chromium.VisitAsync(stage);
        await elsewhere.SignInForTheFirstTimeAsync(stage.Portal, "an");

        await using var visitor = await chromium.VisitAsync(stage);
        await visitor.StartAtAsync(stage.Documents);
        await visitor.ProveAsync("an");
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Documents);
        foreach (var part in (string[])["", "/identities", "/sessions", "/services", "/activity"])
        {
            await visitor.OpenAsync($"{stage.Server}/account{part}");
            await SeeAsync(visitor, $"account{part.Replace('/', '-')}");
        }
        await visitor.OpenAsync(stage.Server + "/account/sessions");
        await visitor.PressAsync("button[name=others]");
        await SeeAsync(visitor, "account-sessions-ended");
        Assert.False(await elsewhere.IsSignedInAtAsync(stage.Portal));

        await visitor.OpenAsync(stage.Server + "/");
        await SeeAsync(visitor, "root-signed-in");
        await visitor.OpenAsync(stage.Server + "/connect/endsession");
        await SeeAsync(visitor, "logout-confirm");
        await visitor.PressAsync("button[name=scope][value=all]");
        await visitor.ReachAsync("**/done");
        await SeeAsync(visitor, "logged-out");
        Assert.False(await visitor.IsSignedInAtAsync(stage.Documents));
        visitor.AssertNothingStrange();
        _report.AssertFaultless();
    }

    [Fact]
    public async Task The_pages_of_contact_and_of_what_was_not_me()
    {
        await using var stage = await Stage.StartAsync();
        await using var elsewhere = await chromium.VisitAsync(stage);
        await elsewhere.SignInForTheFirstTimeAsync(stage.Portal, "an");
        await using var visitor = await chromium.VisitAsync(stage);
        await visitor.StartAtAsync(stage.Documents);
        await visitor.ProveAsync("an");
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Documents);

        await visitor.OpenAsync(stage.Server + "/account/contact");
        await SeeAsync(visitor, "contact");
        await visitor.Page.FillAsync("#address", "an@");
        await visitor.PressAsync("form:has(#address) button");
        await SeeAsync(visitor, "contact-no-address");
        await visitor.Page.FillAsync("#address", "an@mau.example");
        await visitor.PressAsync("form:has(#address) button");
        await SeeAsync(visitor, "contact-code");
        await visitor.Page.FillAsync("#code", "1");
        await visitor.PressAsync("form:has(#code) button");
        await SeeAsync(visitor, "contact-wrong-code");

        // Two browsers: the second was told of.
        await visitor.OpenAsync(stage.Server + "/account/activity");
        await SeeAsync(visitor, "activity-notices");
        await visitor.PressAsync("a[href*='not-me?notice=']");
        await SeeAsync(visitor, "not-me");
        await visitor.PressAsync("form[action$='/not-me'] button");
        await visitor.ReachAsync("**/not-me/AB-*");
        await SeeAsync(visitor, "not-me-done");
        Assert.False(await elsewhere.IsSignedInAtAsync(stage.Portal));
        visitor.AssertNothingStrange();
        _report.AssertFaultless();
    }

    private async Task SeeAsync(Visitor visitor, string name)
    {
        await visitor.Page.WaitForLoadStateAsync();
        await _report.LookAtAsync(visitor.Page, name);
    }
}
