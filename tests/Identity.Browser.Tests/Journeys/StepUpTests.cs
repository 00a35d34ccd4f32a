using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Identity.Browser.Tests.Harness;
using Identity.Browser.Tests.Inspection;
using Identity.Tests.Factors;
using Identity.Tests.Harness;

namespace Identity.Browser.Tests.Journeys;

/// <summary>A document that needs two steps, in a session that is there already (ux.md F10). No step of it needs a script.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class StepUpTests(Chromium chromium)
{
    private const string Account = "lan";
    private readonly PageReport _report = new();

    [Theory, InlineData("vi-VN", 1280, true), InlineData("en-US", 360, false)]
    public async Task The_first_time_an_app_is_set_up_on_the_way_and_later_its_code_is_enough(string locale, int width, bool script)
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(locale, width, script));
        await SignInAsync(visitor);
        await OpenDocumentAsync(visitor);
        await GivePasswordAsync(visitor);
        await visitor.ReachAsync("**/enrol");
        await SeeAsync(visitor, $"enrol-{locale[..2]}");
        await visitor.PressAsync("a[href*='/account/identities/app']");
        await visitor.ReachAsync("**/account/identities/app");
        await SeeAsync(visitor, $"add-app-{locale[..2]}");
        var key = (await visitor.Page.Locator("code.copy").TextContentAsync())!;
        await visitor.Page.FillAsync("#code", Oathtool.Code(key, DateTimeOffset.UtcNow));
        await visitor.PressAsync("form:has(#code) button.go");
        await visitor.ReachAsync(url => url.Contains("done=app-added", StringComparison.Ordinal));
        await SeeAsync(visitor, $"app-added-{locale[..2]}");
        await visitor.PressAsync("a.go");
        await visitor.ArriveAsync($"{stage.Documents}/protected");
        Assert.Contains("urn:vn:eid:auth:2", await visitor.TextAsync(), StringComparison.Ordinal);

        // Another day: the password, and at the document the code alone.
        await using var later = await chromium.VisitAsync(stage, new VisitorKind(locale, width, script));
        await SignInAsync(later);
        await OpenDocumentAsync(later);
        await later.ReachAsync("**/step-up");
        await SeeAsync(later, $"step-up-app-{locale[..2]}");
        await later.Page.FillAsync("#code", Oathtool.Code(key, DateTimeOffset.UtcNow.AddSeconds(30)));
        await later.PressAsync("form:has(#code) button");
        await later.ArriveAsync($"{stage.Documents}/protected");
        Assert.Contains("Công văn mẫu", await later.TextAsync(), StringComparison.Ordinal);
        later.AssertNothingStrange();
        _report.AssertFaultless();
    }

    [Theory, InlineData("vi-VN", 1280, true), InlineData("en-US", 360, false)]
    public async Task A_code_by_mail_opens_it_for_whoever_has_proved_an_address(string locale, int width, bool script)
    {
        await using var stage = await Stage.StartAsync(sendsMail: true);
        await using (var before = await chromium.VisitAsync(stage, new VisitorKind(Script: false)))
        {
            await SignInAsync(before);
            await before.OpenAsync($"{stage.Server}/account/contact");
            await before.Page.FillAsync("#address", "lan@thu.example");
            await before.PressAsync("form:has(#address) button");
            await before.Page.FillAsync("#code", await MailedAsync(stage, 0));
            await before.PressAsync("form:has(#code) button");
            await before.ReachAsync(url => url.Contains("done=", StringComparison.Ordinal));
        }
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(locale, width, script));
        await SignInAsync(visitor);
        await OpenDocumentAsync(visitor);
        await visitor.ReachAsync("**/step-up");
        await SeeAsync(visitor, $"step-up-mail-{locale[..2]}");
        var read = await LettersAsync(stage);
        await visitor.PressAsync("form[action$='/step-up/mail/send'] button");
        await visitor.ReachAsync(url => url.EndsWith("way=mail", StringComparison.Ordinal));
        var code = await MailedAsync(stage, read);
        await visitor.Page.FillAsync("#code", "1");
        await visitor.PressAsync("form:has(#code) button");
        await visitor.ReachAsync(url => url.EndsWith("way=mail", StringComparison.Ordinal));
        await SeeAsync(visitor, $"step-up-mail-shape-{locale[..2]}");
        await visitor.Page.FillAsync("#code", $"{code[..3]} {code[3..]}");
        await visitor.PressAsync("form:has(#code) button");
        await visitor.ArriveAsync($"{stage.Documents}/protected");
        Assert.Contains("Công văn mẫu", await visitor.TextAsync(), StringComparison.Ordinal);
        visitor.AssertNothingStrange();
        _report.AssertFaultless();
    }

    [Fact]
    public async Task The_officials_provider_is_asked_for_two_steps_and_nothing_is_set_up_here()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(Script: false));
        await ThroughProviderAsync(visitor, () => visitor.StartAtAsync(stage.Documents));
        await visitor.PressAsync("button[name=answer][value=yes]");
        await GoOnAsync(visitor);
        await ThroughProviderAsync(visitor, () => OpenDocumentAsync(visitor), "cũng không cần mã");
        await GoOnAsync(visitor, "/protected");
        Assert.Contains("Công văn mẫu", await visitor.TextAsync(), StringComparison.Ordinal);
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task Giving_up_leaves_the_application_as_it_was()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(Script: false));
        await SignInAsync(visitor);
        await OpenDocumentAsync(visitor);
        await GivePasswordAsync(visitor);
        await visitor.ReachAsync("**/enrol");
        await visitor.PressAsync("form[action$='/cancel'] button");
        await visitor.ArriveAsync(stage.Documents);
        Assert.Contains("access_denied", await visitor.TextAsync(), StringComparison.Ordinal);
        Assert.True(await visitor.IsSignedInAtAsync(stage.Documents));
    }

    private static async Task SignInAsync(Visitor visitor)
    {
        await visitor.StartAtAsync(visitor.Stage.Documents);
        await GivePasswordAsync(visitor);
        await GoOnAsync(visitor);
    }

    private static async Task GivePasswordAsync(Visitor visitor)
    {
        await visitor.ReachAsync("**/login/*");
        await visitor.Page.FillAsync("#username", Account);
        await visitor.Page.FillAsync("#password", TestProvider.Password);
        await visitor.PressAsync("form:has(#password) button");
    }

    /// <summary>Back to the application, past what may be asked on the way: to agree the first time it gets data, to add a faster way the second.</summary>
    private static async Task GoOnAsync(Visitor visitor, string path = "")
    {
        bool IsAt(string page) => visitor.Page.Url.EndsWith(page, StringComparison.Ordinal);
        bool HasArrived(string url) => url.StartsWith(visitor.Stage.Documents + path, StringComparison.Ordinal);
        await visitor.ReachAsync(url => HasArrived(url) || IsAt("/release") || IsAt("/suggest"));
        if (IsAt("/release")) await visitor.PressAsync("button[name=answer][value=agree]");
        if (IsAt("/suggest")) await visitor.PressAsync("button[name=answer][value=later]");
        await visitor.ReachAsync(HasArrived);
    }

    private static async Task OpenDocumentAsync(Visitor visitor)
    {
        await visitor.OpenAsync($"{visitor.Stage.Documents}/");
        await visitor.PressAsync("a[href='/protected']");
        await visitor.ArriveAsync($"{visitor.Stage.Documents}/protected");
        await visitor.PressAsync("a.button[href^='/signin']");
    }

    private static async Task ThroughProviderAsync(Visitor visitor, Func<Task> start, string? sentence = null)
    {
        await start();
        await visitor.ReachAsync("**/login/*");
        await visitor.Page.FillAsync("#address", "minh.pv@xa.mau.example");
        await visitor.PressAsync("form[action$='/mail'] button");
        await visitor.ReachAsync("**/going/*");
        await visitor.PressAsync("form[action*='/start/'] button");
        await visitor.ArriveAsync(visitor.Stage.MailProvider);
        if (sentence is not null) Assert.Contains(sentence, await visitor.TextAsync(), StringComparison.Ordinal);
        await visitor.PressAsync("button[name=mailbox][value=xa-1]");
        await visitor.ReachAsync(url => !url.StartsWith(visitor.Stage.MailProvider, StringComparison.Ordinal) && !url.Contains("/returning", StringComparison.Ordinal));
    }

    private static async Task<JsonArray> MailsAsync(Stage stage)
    {
        using var http = new HttpClient();
        return JsonNode.Parse(await http.GetStringAsync($"{stage.Mailbox}/mails.json"))!.AsArray();
    }

    private static async Task<int> LettersAsync(Stage stage) => (await MailsAsync(stage)).Count;

    /// <summary>The code of the next letter with one.</summary>
    private static async Task<string> MailedAsync(Stage stage, int read)
    {
        var code = "";
        await Eventually.IsTrueAsync(async () =>
        {
            var mails = await MailsAsync(stage);
            code = mails.Take(mails.Count - read).Select(m => Regex.Match((string)m!["text"]!, "^[0-9]{6}", RegexOptions.Multiline).Value).FirstOrDefault(c => c.Length > 0) ?? "";
            return code.Length > 0;
        }, "the code arrives");
        return code;
    }

    private async Task SeeAsync(Visitor visitor, string name)
    {
        await visitor.Page.WaitForLoadStateAsync();
        // The inspection is a script of its own.
        if (visitor.HasScript) await _report.LookAtAsync(visitor.Page, name);
    }
}
