using System.Net;
using Identity.Tests.Harness;
using Identity.Tests.Oidc;

namespace Identity.Tests.Login;

/// <summary>What people do with pages: go back, click twice, open tabs, wait, change the language, say no.</summary>
public sealed class SignInPageTests
{
    [Fact]
    public async Task A_person_who_cancels_leads_the_application_to_access_denied()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        ShownError.AssertSent(provider, await browser.SubmitAsync(page, "/cancel"), "access_denied");
    }

    [Fact]
    public async Task L11_A_form_that_we_did_not_give_does_nothing_and_leads_back_to_the_page()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        var fields = new Dictionary<string, string> { ["username"] = "lan", ["password"] = TestProvider.Password };

        var answer = await browser.PostAsync($"{page.Address}/password", fields);
        Assert.Equal((HttpStatusCode.OK, page.Address.AbsolutePath), (answer.Status, answer.Address.AbsolutePath));
        await browser.PostAsync($"{page.Address}/cancel", []);
        Assert.Null(browser.Cookies.GetCookies(new Uri(provider.Issuer))["session"]);

        // The token of another browser is none of this one's.
        using var attacker = provider.NewBrowser();
        var foreign = (await TestRelyingParty.Of(provider).AuthorizeAsync(attacker)).Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        await browser.PostAsync($"{page.Address}/password", new Dictionary<string, string>(fields) { ["form"] = foreign });
        Assert.Null(browser.Cookies.GetCookies(new Uri(provider.Issuer))["session"]);
        Assert.NotNull((await Someone.SignInAsync(browser, answer, "lan")).LeftFor);
    }

    [Fact]
    public async Task L11_A_body_that_is_no_form_leads_back_to_the_page()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        foreach (var path in (string[])["password", "cancel", "switch", "release", "first", "start/vnconnect"])
        {
            var many = Enumerable.Range(0, 200).Select(i => KeyValuePair.Create($"f{i}", "x"));
            Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync($"{page.Address}/{path}", many)).Status);
            Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync($"{page.Address}/{path}", [KeyValuePair.Create(new string('k', 500), "\0")])).Status);
        }
    }

    [Fact]
    public async Task L10_A_sign_in_that_another_browser_began_cannot_go_on_here()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var attacker = provider.NewBrowser();
        using var victim = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(attacker);
        var own = await TestRelyingParty.Of(provider).AuthorizeAsync(victim);

        var lured = await victim.GetAsync(page.Address.AbsoluteUri);
        Assert.EndsWith("/problem", lured.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(Text("problem.wrong_browser.title"), lured.Heading);
        Assert.Contains("https://rp.example/start", lured.Html, StringComparison.Ordinal);
        ShownError.ReferenceOf(lured);

        var token = own.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        var posted = await victim.PostAsync($"{page.Address}/password", new Dictionary<string, string>
            { ["username"] = "lan", ["password"] = TestProvider.Password, ["form"] = token });
        Assert.Equal(HttpStatusCode.OK, posted.Status);
        Assert.Null(victim.Cookies.GetCookies(new Uri(provider.Issuer))["session"]);
        Assert.Null((await victim.GetAsync($"/connect/authorize/callback?request={page.Address.AbsolutePath.Split('/')[2]}")).LeftFor);
        Assert.Equal(HttpStatusCode.OK, (await attacker.GetAsync(page.Address.AbsoluteUri)).Status);
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_answered_once_and_shows_a_page_the_second_time()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        Assert.True((await Someone.SignInAsync(browser, page, "lan")).Answer.ContainsKey("code"));

        foreach (var again in (TestPage[])[await Someone.SignInAsync(browser, page, "lan"), await browser.SubmitAsync(page, "/cancel"), await browser.GetAsync(page.Address.AbsoluteUri)])
        {
            Assert.Equal(HttpStatusCode.OK, again.Status);
            Assert.Null(again.LeftFor);
            Assert.Contains("https://rp.example/start", again.Html, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_double_click_gives_one_code_and_no_error(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Someone.SignInAsync(browser, page, "lan")));
        Assert.Single(answers, a => a.LeftFor is not null);
        Assert.All(answers.Where(a => a.LeftFor is null), a => Assert.Equal(HttpStatusCode.OK, a.Status));
    }

    [Fact]
    public async Task A_second_tab_has_its_own_sign_in()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var one = await TestRelyingParty.Of(provider).AuthorizeAsync(browser, ("state", "one"));
        var two = await TestRelyingParty.Of(provider, "rp-two").AuthorizeAsync(browser, ("state", "two"));
        Assert.Equal("one", (await Someone.SignInAsync(browser, one, "lan")).Answer["state"]);
        var answer = await Someone.SignInAsync(browser, two, "lan");
        Assert.Equal(("two", "rp-two.example"), (answer.Answer["state"], answer.LeftFor!.Host));
    }

    [Fact]
    public async Task A_tab_that_waited_goes_on_by_itself_when_another_has_signed_in()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var one = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        var two = await TestRelyingParty.Of(provider, "rp-two").AuthorizeAsync(browser);
        await Someone.SignInAsync(browser, one, "lan");
        var answer = await browser.GetAsync(two.Address.AbsoluteUri);
        Assert.Equal("rp-two.example", answer.LeftFor?.Host);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_page_left_for_too_long_leads_back_to_the_application(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(engine, clock);
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        clock.Advance(TimeSpan.FromMinutes(61));
        foreach (var late in (TestPage[])[await browser.GetAsync(page.Address.AbsoluteUri), await Someone.SignInAsync(browser, page, "lan"), await browser.SubmitAsync(page, "/cancel")])
        {
            Assert.Equal((HttpStatusCode.OK, Text("expired.title")), (late.Status, late.Heading));
            Assert.Equal("https://rp.example/start", late.Document.QuerySelector("main a.go")!.GetAttribute("href"));
        }
        Assert.Null(browser.Cookies.GetCookies(new Uri(provider.Issuer))["session"]);
    }

    [Fact]
    public async Task A_request_that_never_was_shows_the_same_page_without_a_name()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        foreach (var page in (string[])["", "/first", "/release", "/switch", "/returning", "/continue", "/going/vnconnect", "/problem", "/expired"])
        {
            var answer = await browser.GetAsync($"/login/AAAAAAAAAAAAAAAAAAAAAA{page}");
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.NotEmpty(answer.Heading);
        }
    }

    [Fact]
    public async Task Pages_that_are_not_due_lead_to_the_one_that_is()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var chooser = (await TestRelyingParty.Of(provider).AuthorizeAsync(browser)).Address.AbsoluteUri;
        foreach (var page in (string[])["/first", "/release", "/switch", "/continue", "/problem", "/going/vnconnect", "/going/nonsense"])
        {
            var answer = await browser.GetAsync(chooser + page);
            Assert.Equal((HttpStatusCode.OK, chooser), (answer.Status, answer.Address.GetLeftPart(UriPartial.Path)));
        }
    }

    [Fact]
    public async Task The_language_can_be_changed_on_the_way_and_the_sign_in_goes_on()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser, ("ui_locales", "en"));
        Assert.Equal("en", page.Document.DocumentElement.GetAttribute("lang"));
        var link = page.Document.QuerySelector("nav a[hreflang=vi]")!.GetAttribute("href")!;

        var vietnamese = await browser.GetAsync(link);

        Assert.Equal("vi", vietnamese.Document.DocumentElement.GetAttribute("lang"));
        Assert.NotNull((await Someone.SignInAsync(browser, vietnamese, "lan")).LeftFor);
        // Chosen once, kept: a person's choice beats what the next application suggests.
        var next = await TestRelyingParty.Of(provider).AuthorizeAsync(browser, ("ui_locales", "en"), ("prompt", "login"));
        Assert.Equal("vi", next.Document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task L14_No_page_can_be_framed_or_kept()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        foreach (var shown in (TestPage[])[page, await browser.GetAsync(page.Address + "/expired"), await browser.GetAsync("/"), await browser.GetAsync("/help")])
        {
            Assert.Contains("frame-ancestors 'none'", shown.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Equal(("DENY", "same-origin"), (shown.Headers["X-Frame-Options"], shown.Headers["Cross-Origin-Opener-Policy"]));
            Assert.Contains("no-store", shown.Headers["Cache-Control"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Prefix", "/evil")]
    [InlineData("Forwarded", "host=evil.example;proto=https")]
    [InlineData("X-Original-URL", "/account")]
    public async Task L9_No_header_of_a_stranger_changes_who_we_are(string name, string value)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/openid-configuration");
        request.Headers.TryAddWithoutValidation(name, value);
        using var reply = await provider.Http.SendAsync(request);
        var document = await reply.Content.ReadAsStringAsync();
        Assert.DoesNotContain("evil", document, StringComparison.Ordinal);
        if (reply.IsSuccessStatusCode) Assert.Contains($"\"{provider.Issuer}\"", document, StringComparison.Ordinal);
    }

    internal static string Text(string key, params (string Name, string Value)[] values) => values.Aggregate(
        ServerTexts.Catalog.In("vi")[key], (text, value) => text.Replace($"{{{value.Name}}}", value.Value, StringComparison.Ordinal));
}
