using Identity.Tests.Harness;
using Identity.Tests.Login;

namespace Identity.Tests.Account;

/// <summary>"Are you still there?" without script: every page of the account says until when, one action stays, and the absolute end is no surprise (ux.md S1).</summary>
public sealed class StillThereTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 5, 0, 1, TimeSpan.Zero);

    [Theory]
    [InlineData("/account")]
    [InlineData("/account/identities")]
    [InlineData("/account/contact")]
    [InlineData("/launcher")]
    public async Task A_page_names_the_hour_and_one_link_stays(string address)
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var browser = await SignedInAsync(provider);
        provider.Clock!.Advance(TimeSpan.FromMinutes(20));
        var page = await browser.GetAsync($"{address}?done=removed");
        Assert.Contains($"Bạn còn ở đó không? Chúng tôi sẽ đăng xuất lúc {VietnamTime.Text(Noon.AddMinutes(80))}", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("form[action='/account/signout']"));

        // Nearly over, one link, and the hour begins anew; what was done before is not said again.
        provider.Clock.Advance(TimeSpan.FromMinutes(59));
        page = await browser.GetAsync(StayOn(page));
        Assert.Equal((address, ""), (page.Address.AbsolutePath, page.Address.Query));
        provider.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(address, (await browser.GetAsync(StayOn(page))).Address.AbsolutePath);
        provider.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.StartsWith("/login/", (await browser.GetAsync(address)).Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_shared_computer_it_is_minutes()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var browser = provider.NewBrowser();
        browser.Cookies.Add(new Uri(provider.Issuer), new System.Net.Cookie("shared-computer", "1"));
        await Someone.SignInAsync(browser, await browser.GetAsync("/account"), "lan");
        Assert.Contains(VietnamTime.Text(Noon.AddMinutes(5)), (await browser.GetAsync("/account")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_that_nothing_moves_is_said_as_such()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var browser = await SignedInAsync(provider);
        for (var minutes = 0; minutes < 690; minutes += 50)
        {
            provider.Clock!.Advance(TimeSpan.FromMinutes(50));
            await browser.GetAsync("/account");
        }
        var page = await browser.GetAsync("/account");
        Assert.Contains($"Chúng tôi sẽ đăng xuất lúc {VietnamTime.Text(Noon.AddHours(12))}", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Tôi vẫn ở đây", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_staying_would_lose_what_is_shown_once_the_page_does_not_offer_it()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(Noon));
        using var browser = await SignedInAsync(provider);
        var page = await browser.GetAsync("/account/identities/codes");
        Assert.Contains("Tôi vẫn ở đây", page.Text, StringComparison.Ordinal);
        page = await browser.SubmitAsync(page, "/codes");
        Assert.NotEmpty(page.Document.QuerySelectorAll("ol.codes code"));
        Assert.DoesNotContain("Tôi vẫn ở đây", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Tôi vẫn ở đây", (await browser.GetAsync("/account/identities/app")).Text, StringComparison.Ordinal);
    }

    private static string StayOn(TestPage page) => page.Document.QuerySelectorAll("main a").Single(a => a.TextContent == "Tôi vẫn ở đây").GetAttribute("href")!;

    private static async Task<TestBrowser> SignedInAsync(TestProvider provider)
    {
        var browser = provider.NewBrowser();
        await Someone.SignInAsync(browser, await browser.GetAsync("/account"), "lan");
        return browser;
    }
}
