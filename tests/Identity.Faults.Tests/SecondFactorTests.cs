using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
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
        // Accepted once; refused afterwards, at either node.
        foreach (var node in (string[])["a", "b"])
        {
            using var late = NewBrowser(node);
            var asked = await Someone.SignInAsync(late, await province.RelyingParty(province.NewHttp(node)).AuthorizeAsync(late, ("claims", FactorVisitor.Claims(2))), name);
            Assert.Contains("Mã chưa đúng", (await late.SubmitAsync(asked, "/step-up/app", ("code", code))).Text, StringComparison.Ordinal);
        }

        var others = new List<(TestBrowser Browser, TestPage Page)>();
        foreach (var (browser, asking) in waiting.Skip(Browsers)) others.Add((browser, await browser.GetAsync($"{asking.Address.AbsolutePath}?way=codes")));
        await OneOfAsync(others, "/step-up/codes", paper);
        waiting.ForEach(w => w.Browser.Dispose());
    }

    [Fact]
    public async Task L5_A_mailed_code_that_was_sent_by_one_node_and_typed_at_both_at_the_same_moment_counts_once()
    {
        var name = $"p{Guid.NewGuid():N}"[..12];
        var address = $"{name}@thu.example";
        await province.A.CommandAsync(["account", "create", "--username", name, "--attribute", "name=Lan", "--password-stdin"], TestProvider.Password);
        using (var owner = NewBrowser("a"))
        {
            var contact = await Someone.SignInAsync(owner, await owner.GetAsync("/account/contact"), name);
            contact = await owner.SubmitAsync(contact, "/account/contact", ("address", address));
            Assert.Contains("Đã xác nhận địa chỉ thư.", (await owner.SubmitAsync(contact, "/account/contact", ("code", await MailedAsync(address, "Đây là mã để xác nhận")))).Text, StringComparison.Ordinal);
        }
        using var browser = NewBrowser("a");
        var page = await Someone.SignInAsync(browser, await province.RelyingParty(province.NewHttp("a")).AuthorizeAsync(browser, ("claims", FactorVisitor.Claims(2))), name);
        page = await browser.SubmitAsync(page, "/step-up/mail/send");
        var code = await MailedAsync(address, "Đây là mã để đăng nhập");

        // One browser with its cookies, whose clicks the balancer spreads.
        var hands = Enumerable.Range(0, 2 * Browsers).Select(i => NewBrowser(i % 2 == 0 ? "a" : "b")).ToList();
        hands.ForEach(h => h.Cookies.Add(browser.Cookies.GetAllCookies()));
        await Task.WhenAll(hands.Select(h => h.SubmitAsync(page, "/step-up/mail", ("code", code))));

        var used = "SELECT count(*) FROM audit_events WHERE name = '{0}' AND person_id = (SELECT id FROM local_accounts WHERE user_name = '" + name + "')";
        foreach (var deed in (string[])["mailed_code.used", "session.strengthened"])
            Assert.Equal(1L, await province.Cluster.ReadAsync<long>(Province.Database, string.Format(System.Globalization.CultureInfo.InvariantCulture, used, deed)));
        hands.ForEach(h => h.Dispose());
    }

    /// <summary>The code in the newest letter of this kind, as it arrived.</summary>
    private async Task<string> MailedAsync(string address, string sentence)
    {
        using var http = new HttpClient();
        string? text = null;
        await Eventually.IsTrueAsync(async () =>
        {
            var mails = JsonNode.Parse(await http.GetStringAsync($"{province.Sandbox.Options.MailUrl}/mails.json"))!.AsArray();
            text = (string?)mails.FirstOrDefault(m => m!["to"]!.AsArray().Any(to => (string?)to == address) && ((string)m["text"]!).Contains(sentence, StringComparison.Ordinal))?["text"];
            return text is not null;
        }, "the letter arrives");
        return Regex.Match(text!, "^[0-9]{6}", RegexOptions.Multiline).Value;
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
