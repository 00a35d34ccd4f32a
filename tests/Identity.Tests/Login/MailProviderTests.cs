using System.Text.Json.Nodes;
using Identity.Tests.Harness;
using Identity.Tests.Sandbox;

namespace Identity.Tests.Login;

/// <summary>The shipped rows of official mail against the sandbox: communes at a provider with a page of its own (ux.md O4), departments at a mail server.</summary>
public sealed class MailProviderTests : IAsyncLifetime
{
    private readonly string _certificate = Path.Combine(Path.GetTempPath(), $"sandbox-imap-{Guid.NewGuid():N}.pem");
    private TestProvider _provider = null!;
    private RunningSandbox _sandbox = null!;

    public async Task InitializeAsync()
    {
        _provider = await TestProvider.StartAsync(Engine.Sqlite);
        _sandbox = await RunningSandbox.StartAsync(o => (o.Authority, o.ImapCertificateFile) = (_provider.Issuer, _certificate));
        await _provider.ImportAsync(Rows());
        await _provider.ImportAsync(ClientDocument.Of("rp", c =>
        {
            (c["client_id"], c["redirect_uris"], c["initiate_login_uri"]) = ("office", new JsonArray("https://office.example/cb"), "https://office.example/start");
            (c["connectors"], c["post_logout_redirect_uris"]) = (new JsonArray("thu-so", "thu-xa"), new JsonArray("https://office.example/out"));
        }));
    }

    public async Task DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _sandbox.DisposeAsync();
        File.Delete(_certificate);
    }

    [Fact]
    public async Task An_address_leads_to_its_provider_which_is_told_the_address()
    {
        using var browser = NewBrowser();
        var page = await ToAsync(browser, "minh.pv@xa.mau.example");
        Assert.Contains("Bạn sẽ sang trang của Thư công vụ xã, phường", page.Text, StringComparison.Ordinal);
        Assert.Contains("minh.pv@xa.mau.example", page.Text, StringComparison.Ordinal);
        page = await browser.SubmitAsync(page, "/start/thu-xa", ("confirm", "1"));
        Assert.StartsWith(_sandbox.Options.MailProviderUrl, page.Address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains("(được gợi ý)", page.Document.QuerySelector("button[value=xa-1]")!.TextContent, StringComparison.Ordinal);
        page = await FederationFixture.ArriveAsync(browser, await browser.SubmitAsync(page, "/decision", ("mailbox", "xa-1")));
        foreach (var shown in (string[])["Phạm Văn Minh", "minh.pv@xa.mau.example", "Công chức Một cửa", "XM-0001"]) Assert.Contains(shown, page.Text, StringComparison.Ordinal);
        Assert.NotNull((await browser.SubmitAsync(page, "/first", ("answer", "yes"))).LeftFor);
    }

    [Fact]
    public async Task A_shared_mailbox_is_refused_at_either_place()
    {
        using var browser = NewBrowser();
        Assert.Equal("Đây là hộp thư dùng chung", (await AtProviderAsync(browser, "xa-3")).Heading);
        var page = await MailDoorFixture.PasswordAsync(browser, await ToAsync(browser, "vanphong@so.mau.example"), "vanphong@so.mau.example", Identity.Sandbox.Officials.SyntheticOfficials.Password);
        Assert.Equal("Đây là hộp thư dùng chung", page.Heading);
    }

    [Fact]
    public async Task F1_a_provider_speaks_for_its_own_domains_only()
    {
        await _provider.ImportAsync(Rows().Replace("\"xa.mau.example\"", "\"phuong.mau.example\"", StringComparison.Ordinal));
        using var browser = NewBrowser();
        var page = await AtProviderAsync(browser, "xa-1", "minh.pv@phuong.mau.example");
        Assert.Equal("Địa chỉ thư này không thuộc Thư công vụ xã, phường", page.Heading);
    }

    [Theory, InlineData("lan.tt@so.mau.example"), InlineData("lan.tt@huyen.mau.example")]
    public async Task The_mail_server_opens_under_the_old_ending_as_well(string address)
    {
        using var browser = NewBrowser();
        var page = await MailDoorFixture.PasswordAsync(browser, await ToAsync(browser, address), address, Identity.Sandbox.Officials.SyntheticOfficials.Password);
        Assert.Contains("lan.tt@so.mau.example", page.Text, StringComparison.Ordinal);
        Assert.True(FederationFixture.IsFirst(page), page.Text);
    }

    [Fact]
    public async Task The_sandbox_can_be_down()
    {
        using var reply = await _sandbox.Browser.PostAsync($"{_sandbox.Options.MailProviderUrl}/_sandbox", RunningSandbox.Form(("failure", "down")));
        using var browser = NewBrowser();
        var page = await MailDoorFixture.PasswordAsync(browser, await ToAsync(browser, "lan.tt@so.mau.example"), "lan.tt@so.mau.example", "x");
        Assert.Equal("Thư công vụ sở, ngành đang gián đoạn", page.Heading);
        page = await browser.SubmitAsync(await ToAsync(browser, "minh.pv@xa.mau.example"), "/start/thu-xa", ("confirm", "1"));
        Assert.Equal("Thư công vụ xã, phường đang gián đoạn", page.Heading);
    }

    private TestBrowser NewBrowser() => new(_provider.Issuer, _sandbox.Options.MailProviderUrl);

    private async Task<TestPage> ToAsync(TestBrowser browser, string address) =>
        await browser.SubmitAsync(await TestRelyingParty.Of(_provider, "office").AuthorizeAsync(browser), "/mail", ("address", address));

    private async Task<TestPage> AtProviderAsync(TestBrowser browser, string mailbox, string address = "minh.pv@xa.mau.example")
    {
        var page = await browser.SubmitAsync(await ToAsync(browser, address), "/start/thu-xa", ("confirm", "1"));
        return await FederationFixture.ArriveAsync(browser, await browser.SubmitAsync(page, "/decision", ("mailbox", mailbox)));
    }

    private string Rows()
    {
        var seed = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Seed", "development.json"))
            .Replace("http://localhost:5084", _sandbox.Options.MailProviderUrl, StringComparison.Ordinal)
            .Replace("\"port\": 5085", $"\"port\": {_sandbox.Options.ImapPort}", StringComparison.Ordinal)
            .Replace("/run/identity-sandbox/imap.pem", _certificate, StringComparison.Ordinal);
        var rows = JsonNode.Parse(seed)!["connectors"]!.AsArray().Where(c => (string)c!["kind"]! == "official_mail").Select(c => c!.DeepClone());
        return new JsonObject { ["connectors"] = new JsonArray([.. rows]) }.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
