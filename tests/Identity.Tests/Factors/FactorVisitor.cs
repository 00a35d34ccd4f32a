using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Identity.Tests.Harness;
using Identity.Tests.Login;

namespace Identity.Tests.Factors;

/// <summary>A person with a browser who sets second factors up and uses them, by the forms of the pages.</summary>
internal sealed class FactorVisitor(TestProvider provider, string name, TestBrowser? browser = null) : IDisposable
{
    public TestProvider Provider => provider;
    public string Name => name;
    public TestBrowser Browser { get; private set; } = browser ?? provider.NewBrowser();

    public static async Task<FactorVisitor> NewAsync(TestProvider provider) => new(provider, await Someone.NewAsync(provider));

    public DateTimeOffset Now => provider.Clock?.GetUtcNow() ?? DateTimeOffset.UtcNow;

    /// <summary>Another browser of the same person, in which nobody is signed in.</summary>
    public void Forget()
    {
        Browser.Dispose();
        Browser = provider.NewBrowser();
    }

    /// <summary>Opens an account page, signing in by password when asked.</summary>
    public async Task<TestPage> OpenAsync(string address)
    {
        var page = await Browser.GetAsync(address);
        return Someone.AsksForPassword(page) ? await Someone.SignInAsync(Browser, page, name) : page;
    }

    /// <summary>Sets an authenticator app up and returns its key. Its first code is used up by that.</summary>
    public async Task<string> AddAppAsync(string? waiting = null)
    {
        var page = await OpenAsync($"/account/identities/app{(waiting is null ? "" : $"?for={waiting}")}");
        var key = KeyOn(page);
        var done = await Browser.SubmitAsync(page, "/app", ("code", Oathtool.Code(key, Now)), ("name", "Điện thoại thử"));
        Assert.Contains("done=app-added", done.Address.Query, StringComparison.Ordinal);
        return key;
    }

    public static string KeyOn(TestPage page) => page.Document.QuerySelector("code.copy")!.TextContent;

    public async Task<IReadOnlyList<string>> MakeCodesAsync()
    {
        var page = await OpenAsync("/account/identities/codes");
        var shown = await Browser.SubmitAsync(page, "/codes");
        return [.. shown.Document.QuerySelectorAll("ol.codes code").Select(c => c.TextContent)];
    }

    /// <summary>The authorization request of an application that insists on a level.</summary>
    public Task<TestPage> AskForAsync(int level, params (string Name, string? Value)[] changes) => TestRelyingParty.Of(provider).AuthorizeAsync(Browser, [("claims", Claims(level)), .. changes]);

    /// <summary>The same, signed in by password.</summary>
    public async Task<TestPage> SignInForAsync(int level, params (string Name, string? Value)[] changes)
    {
        var page = await AskForAsync(level, changes);
        return Someone.AsksForPassword(page) ? await Someone.SignInAsync(Browser, page, name) : page;
    }

    public static string Claims(int level) => new JsonObject
    {
        ["id_token"] = new JsonObject { ["acr"] = new JsonObject { ["essential"] = true, ["value"] = $"urn:vn:eid:auth:{level}" } },
    }.ToJsonString();

    public async Task<TestPage> TypeCodeAsync(TestPage page, string code) => await PassAsync(await Browser.SubmitAsync(page, "/step-up/app", ("code", code)));

    /// <summary>"Not now", when something is suggested.</summary>
    public async Task<TestPage> PassAsync(TestPage page) =>
        page.Address.AbsolutePath.EndsWith("/suggest", StringComparison.Ordinal) ? await Browser.SubmitAsync(page, "/suggest", ("answer", "later")) : page;

    public async Task<TestPage> TypeBackupAsync(TestPage page, string code)
    {
        if (!page.Forms.Any(f => f.Action.EndsWith("/step-up/codes", StringComparison.Ordinal))) page = await Browser.GetAsync($"{page.Address.AbsolutePath}?way=codes");
        return await PassAsync(await Browser.SubmitAsync(page, "/step-up/codes", ("code", code)));
    }

    public async Task<Microsoft.IdentityModel.JsonWebTokens.JsonWebToken> IdTokenAsync(TestPage answer)
    {
        Assert.True(answer.LeftFor is not null && answer.Answer.ContainsKey("code"), $"{answer.Address} {answer.Text}");
        var rp = TestRelyingParty.Of(provider);
        var reply = await rp.TokenAsync(rp.Exchange(answer.Answer["code"]));
        Assert.True(reply.Status == 200, reply.Body);
        return TestReply.Read(reply.IdToken);
    }

    public SoftAuthenticator NewDevice() => new(provider.Issuer, new Uri(provider.Issuer).Host);

    /// <summary>What the page's script does: asks for the question, has the device answer, sends the form.</summary>
    public async Task<TestPage> UseDeviceAsync(TestPage page, Func<string, string> answer, params (string Name, string Value)[] more)
    {
        var options = await OptionsAsync(page);
        return await SendAsync(page, answer(options), more);
    }

    public async Task<string> OptionsAsync(TestPage page)
    {
        var form = PasskeyForm(page);
        var reply = await Browser.PostAsync(form.GetAttribute("data-options")!, Hidden(form));
        return reply.Html;
    }

    public async Task<TestPage> SendAsync(TestPage page, string credential, params (string Name, string Value)[] more)
    {
        var form = PasskeyForm(page);
        var fields = Hidden(form).Where(f => f.Key is not ("credential" or "fault")).Append(new("credential", credential)).Append(new("fault", ""))
            .Concat(more.Select(m => KeyValuePair.Create(m.Name, m.Value)));
        return await PassAsync(await Browser.PostAsync(form.GetAttribute("action")!, fields));
    }

    public async Task<TestPage> AddDeviceAsync(SoftAuthenticator device) =>
        await UseDeviceAsync(await OpenAsync("/account/identities/passkey"), device.Create, ("name", "Máy thử"));

    public void Dispose() => Browser.Dispose();

    private static IHtmlFormElement PasskeyForm(TestPage page) =>
        page.Forms.FirstOrDefault(f => f.HasAttribute("data-passkey")) ?? throw new InvalidOperationException($"No passkey form on {page.Address}: {page.Text}");

    private static IEnumerable<KeyValuePair<string, string>> Hidden(IHtmlFormElement form) =>
        form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type == "hidden").Select(i => KeyValuePair.Create(i.Name!, i.Value));
}
