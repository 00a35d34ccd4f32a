using System.Net;
using System.Text.RegularExpressions;
using Identity.Tests.Harness;
using Identity.Tests.Oidc;

namespace Identity.Tests.Login;

/// <summary>Guessing names and passwords, and locking others out.</summary>
public sealed partial class PasswordAttackTests
{
    [Fact]
    public async Task L1_A_known_and_an_unknown_name_get_the_same_page()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var known = await WrongAsync(provider, await Someone.NewAsync(provider));
        var unknown = await WrongAsync(provider, "q" + Guid.NewGuid().ToString("N")[..11]);

        Assert.Equal(HttpStatusCode.OK, known.Status);
        Assert.Equal((known.Status, known.Heading), (unknown.Status, unknown.Heading));
        Assert.Equal(known.Headers.Keys.Order(), unknown.Headers.Keys.Order());
        Assert.Equal(Anonymous(known), Anonymous(unknown));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L2_Of_fifty_parallel_guesses_at_most_five_are_looked_at(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var name = await Someone.NewAsync(provider);
        var pages = await PagesAsync(provider, 50);

        var answers = await Task.WhenAll(pages.Select(p => Someone.SignInAsync(p.Browser, p.Page, name, "wrong")));

        Assert.Equal(5, answers.Count(Someone.AsksForPassword));
        Assert.Equal(45, answers.Count(a => a.Address.AbsolutePath.EndsWith("/problem", StringComparison.Ordinal)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        // The right password is not looked at either, from a browser that nobody knows.
        using var late = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(late);
        Assert.Null((await Someone.SignInAsync(late, page, name)).LeftFor);
        foreach (var (browser, _) in pages) browser.Dispose();
    }

    [Fact]
    public async Task L2_Another_spelling_of_the_name_counts_as_the_same_name()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var name = await Someone.NewAsync(provider);
        var wide = string.Concat(name.Select(c => (char)(c + 0xFEE0)));
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser);
        foreach (var spelling in (string[])[name, name.ToUpperInvariant(), $" {name} ", wide, wide.ToUpperInvariant()])
            page = await Someone.SignInAsync(browser, page, spelling, "wrong");
        Assert.True(Someone.AsksForPassword(page));

        page = await Someone.SignInAsync(browser, page, name);

        Assert.EndsWith("/problem", page.Address.AbsolutePath, StringComparison.Ordinal);
        ShownError.ReferenceOf(page);
    }

    [Fact]
    public async Task L3_A_strangers_lock_out_does_not_stop_the_owners_own_browser()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var name = await Someone.NewAsync(provider);
        var rp = TestRelyingParty.Of(provider);
        using var owner = provider.NewBrowser();
        await rp.CodeAsync(owner, name);
        using var stranger = provider.NewBrowser();
        var page = await rp.AuthorizeAsync(stranger);
        for (var i = 0; i < 6 && Someone.AsksForPassword(page); i++) page = await Someone.SignInAsync(stranger, page, name, "wrong");
        Assert.EndsWith("/problem", page.Address.AbsolutePath, StringComparison.Ordinal);

        await rp.CodeAsync(owner, name, ("prompt", "login"));
    }

    [Fact]
    public async Task L3_Knowing_one_name_opens_no_other()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var (own, victim) = (await Someone.NewAsync(provider), await Someone.NewAsync(provider));
        var rp = TestRelyingParty.Of(provider);
        using var stranger = provider.NewBrowser();
        await rp.CodeAsync(stranger, own);
        var page = await rp.AuthorizeAsync(stranger, ("prompt", "login"));
        for (var i = 0; i < 5; i++) page = await Someone.SignInAsync(stranger, page, victim, "wrong");
        Assert.True(Someone.AsksForPassword(page));
        Assert.EndsWith("/problem", (await Someone.SignInAsync(stranger, page, victim)).Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_pause_ends_by_itself(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(engine, clock);
        using var browser = provider.NewBrowser();
        var rp = TestRelyingParty.Of(provider);
        var page = await rp.AuthorizeAsync(browser);
        for (var i = 0; i < 5; i++) page = await Someone.SignInAsync(browser, page, "lan", "wrong");
        Assert.EndsWith("/problem", (await Someone.SignInAsync(browser, page, "lan")).Address.AbsolutePath, StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromMinutes(16));

        Assert.NotNull((await Someone.SignInAsync(browser, page, "lan")).LeftFor);
    }

    public static TheoryData<Engine, string> OddNames()
    {
        var data = new TheoryData<Engine, string>();
        foreach (var engine in Engines.PostgreSqlServer is null ? (Engine[])[Engine.Sqlite] : [Engine.Sqlite, Engine.PostgreSql])
        foreach (var name in (string[])["\uFFFE", "a\0b", "\u202Elan", "<script>", "' OR 1=1 --", new string('x', 257), new string('x', 5_000), "\t", "%00", "𠀋\u0301"])
            data.Add(engine, name);
        return data;
    }

    [Theory, MemberData(nameof(OddNames))]
    public async Task Whatever_is_typed_as_a_name_is_a_wrong_name(Engine engine, string name)
    {
        var provider = await TestProvider.SharedAsync(engine);
        using var browser = provider.NewBrowser();
        var page = await Someone.SignInAsync(browser, await TestRelyingParty.Of(provider).AuthorizeAsync(browser), name, "any");
        Assert.True(page.Status == HttpStatusCode.OK, provider.Log.Lines.LastOrDefault(line => line.Contains("Exception", StringComparison.Ordinal)));
        Assert.True(Someone.AsksForPassword(page), page.Text);
        Assert.Empty(page.Document.Scripts);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_null_character_in_a_request_breaks_nothing(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        foreach (var name in (string[])["login_hint", "ui_locales", "nonce", "state"])
        {
            using var browser = provider.NewBrowser();
            var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser, (name, "vi\0"));
            if (Someone.AsksForPassword(page)) page = await Someone.SignInAsync(browser, page, "lan");
            Assert.InRange((int)page.Status, 200, 400);
        }
    }

    private static async Task<TestPage> WrongAsync(TestProvider provider, string name)
    {
        using var browser = provider.NewBrowser();
        var page = await Someone.SignInAsync(browser, await TestRelyingParty.Of(provider).AuthorizeAsync(browser), name, "wrong");
        return page with { Html = page.Html.Replace(name, "NAME", StringComparison.Ordinal) };
    }

    /// <summary>The page without what differs every time: form tokens and the request's id.</summary>
    private static string Anonymous(TestPage page) =>
        FormToken().Replace(page.Html, "value=\"TOKEN\"").Replace(page.Address.AbsolutePath.Split('/')[2], "ID", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<(TestBrowser Browser, TestPage Page)>> PagesAsync(TestProvider provider, int count)
    {
        var pages = new List<(TestBrowser, TestPage)>();
        for (var i = 0; i < count; i++)
        {
            var browser = provider.NewBrowser();
            pages.Add((browser, await TestRelyingParty.Of(provider).AuthorizeAsync(browser)));
        }
        return pages;
    }

    [GeneratedRegex("value=\"CfDJ[^\"]+\"")]
    private static partial Regex FormToken();
}
