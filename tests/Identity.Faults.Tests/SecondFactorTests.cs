using Identity.Faults.Tests.Harness;
using Identity.Tests.Factors;
using Identity.Tests.Harness;
using Identity.Tests.Login;

namespace Identity.Faults.Tests;

/// <summary>A code that is typed at two nodes at the same moment is one code.</summary>
[Collection(ProvinceCollection.Name)]
public sealed class SecondFactorTests(Province province) : IAsyncLifetime
{
    private const int Browsers = 4;

    public Task InitializeAsync() => province.MendAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task L4_L5_Of_the_same_code_at_two_nodes_at_the_same_moment_one_is_accepted()
    {
        var name = $"p{Guid.NewGuid():N}"[..12];
        await province.A.CommandAsync(["account", "create", "--username", name, "--attribute", "name=Lan", "--password-stdin"], TestProvider.Password);
        using var owner = NewBrowser("a");
        var page = await Someone.SignInAsync(owner, await owner.GetAsync("/account/identities/app"), name);
        var key = FactorVisitor.KeyOn(page);
        var setUpAt = DateTimeOffset.UtcNow;
        await owner.SubmitAsync(page, "/app", ("code", Oathtool.Code(key, setUpAt)), ("name", "x"));
        var shown = await owner.SubmitAsync(await owner.GetAsync("/account/identities/codes"), "/codes");
        var paper = shown.Document.QuerySelector("ol.codes code")!.TextContent;

        var waiting = new List<(TestBrowser Browser, TestPage Page)>();
        for (var i = 0; i < 2 * Browsers; i++)
        {
            var browser = NewBrowser(i % 2 == 0 ? "a" : "b");
            var http = province.NewHttp(i % 2 == 0 ? "a" : "b");
            var asked = await province.RelyingParty(http).AuthorizeAsync(browser, ("claims", FactorVisitor.Claims(2)));
            waiting.Add((browser, await Someone.SignInAsync(browser, asked, name)));
        }
        // The next step's code is good already; this one's was used by the set-up.
        var code = Oathtool.Code(key, setUpAt.AddSeconds(30));
        await OneOfAsync(waiting.Take(Browsers), "/step-up/app", code);

        var others = new List<(TestBrowser Browser, TestPage Page)>();
        foreach (var (browser, asking) in waiting.Skip(Browsers)) others.Add((browser, await browser.GetAsync($"{asking.Address.AbsolutePath}?way=codes")));
        await OneOfAsync(others, "/step-up/codes", paper);
        waiting.ForEach(w => w.Browser.Dispose());
    }

    private static async Task OneOfAsync(IEnumerable<(TestBrowser Browser, TestPage Page)> pages, string action, string code)
    {
        var answers = await Task.WhenAll(pages.Select(p => p.Browser.SubmitAsync(p.Page, action, ("code", code))));
        Assert.Single(answers, a => !a.Address.AbsolutePath.EndsWith("/step-up", StringComparison.Ordinal));
    }

    private TestBrowser NewBrowser(string node)
    {
        var browser = new TestBrowser(province.Origin, province.Proxy.NewSockets(), way => way);
        browser.Headers[NginxProxy.FirstNode] = node;
        return browser;
    }
}
