using Identity.Browser.Tests.Harness;
using Identity.Browser.Tests.Inspection;
using Identity.Domain.Administration;
using Identity.Tests.Admin;
using Identity.Tests.Applications;
using Identity.Tests.Harness;
using Microsoft.Playwright;

namespace Identity.Browser.Tests.Journeys;

/// <summary>Issue 5, acceptance 1: a new owner, a sample application, a reviewer, production.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ApplicationOwnerTests(Chromium chromium)
{
    private readonly PageReport _report = new();

    [Theory, InlineData("vi-VN", 1280, true), InlineData("en-US", 1280, true), InlineData("vi-VN", 360, false)]
    public async Task A_new_owner_gets_a_sample_application_signed_in_and_then_live(string locale, int width, bool script)
    {
        await using var stage = await Stage.StartAsync();
        await using var admin = await stage.OpenAdministrationAsync();
        await admin.WithAsync(async (RoleBook roles) => await roles.GiveAsync(new RoleGift(AdminRole.Reviewer, "test") { Mail = "son.vt@xa.mau.example" }, "test", CancellationToken.None));
        await using var owner = await chromium.VisitAsync(stage, new VisitorKind(locale, width, script));
        var sample = FreeAddresses.Take(1)[0];

        // One form, a live sandbox client.
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        await AdministrationSignIn.ByMailAsync(owner, "ha.dt@xa.mau.example", "xa-4");
        await owner.OpenAsync(stage.Administration + "/apps");
        await owner.PressAsync("a[href='/apps/new']");
        await SeeAsync(owner, "apps-start", locale);
        await owner.Page.FillAsync("#name-vi", "Hồ sơ đất đai xã Mẫu");
        await owner.Page.FillAsync("#name-en", "Land dossiers of Mau");
        await owner.Page.FillAsync("#purpose-vi", "lập và trả hồ sơ đất đai cho bạn");
        await owner.Page.FillAsync("#purpose-en", "prepare and return your land dossier");
        await owner.Page.FillAsync("#second", "tuan.nm@xa.mau.example");
        await owner.Page.FillAsync("#redirects", $"{sample}/callback");
        await owner.PressAsync("form[action='/apps/new'] button");
        await owner.ReachAsync("**/apps/*-*");
        var secret = (await owner.Page.Locator("#secret").TextContentAsync())!;
        var clientId = (await owner.Page.Locator("#client-id").TextContentAsync())!;
        var root = new Uri(owner.Page.Url).GetLeftPart(UriPartial.Path);
        await SeeAsync(owner, "apps-overview", locale);

        // What the sample asks for.
        await owner.OpenAsync(root + "/needs");
        await owner.Page.CheckAsync("#scope-offline_access");
        await owner.PressAsync("form[action$='/needs'] button");
        await SeeAsync(owner, "apps-needs", locale);
        await owner.OpenAsync(root + "/sign-in");
        await owner.Page.FillAsync("#after-logout", $"{sample}/signed-out");
        await owner.PressAsync("form[action$='/sign-in'] button");
        await SeeAsync(owner, "apps-sign-in", locale);
        await owner.OpenAsync(root + "/look");
        await owner.Page.SetInputFilesAsync("#logo", new FilePayload { Name = "logo.jpg", MimeType = "image/jpeg", Buffer = Pictures.Jpeg(300, 200) });
        await owner.PressAsync("form[action$='handler=Logo'] button");
        if (script) Assert.True(await owner.Page.Locator("img.logo").First.EvaluateAsync<bool>("img => img.decode().then(() => img.naturalWidth === 96)"));
        await SeeAsync(owner, "apps-look", locale);
        await PassSnapshotAsync(admin);

        // The try-it page, and then the application itself; the owner stays signed in.
        await owner.OpenAsync(root + "/try");
        await SeeAsync(owner, "apps-try", locale);
        await owner.PressAsync("a[href$='/try/start']");
        await ProveAsync(owner, "an", firstTime: true);
        await owner.ArriveAsync(stage.Administration + "/apps/try/callback");
        Assert.Equal(0, await owner.Page.Locator(".note.bad").CountAsync());
        Assert.Contains("\"name\": \"Nguyễn Thị Ẩn\"", await owner.Page.Locator("main").TextContentAsync());
        await SeeAsync(owner, "apps-try-answer", locale);
        await using (await stage.RunSampleAsync(sample, options => (options.Business.ClientId, options.Business.ClientSecret) = (clientId, secret)))
        {
            await owner.StartAtAsync(sample);
            await owner.ArriveAsync(sample);
            Assert.True(await owner.IsSignedInAtAsync(sample));
        }
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(5));

        // Their colleague comes as well: production has two owners who have been here.
        await using (var colleague = await chromium.VisitAsync(stage, new VisitorKind(locale, width, script)))
            await AdministrationSignIn.ByMailAsync(colleague, "tuan.nm@xa.mau.example", "xa-5");

        // Request, a second person, production.
        await owner.OpenAsync(root + "/production");
        await owner.Page.FillAsync("#redirects", "https://datdai.mau.example/callback");
        await owner.Page.FillAsync("#after-logout", "https://datdai.mau.example/signed-out");
        await owner.Page.FillAsync("#contact", "hotro@xa.mau.example");
        await SeeAsync(owner, "apps-request", locale);
        await owner.PressAsync("form[action$='handler=Ask'] button");
        await owner.ReachAsync("**/production");
        await SeeAsync(owner, "apps-requested", locale);
        await ReviewAsync(stage, locale, width, script);
        await owner.OpenAsync(root);
        await owner.PressAsync("main a[href$='/production'].link");
        await owner.PressAsync("form[action$='handler=Live'] button");
        await owner.Page.Locator("#secret").WaitForAsync();
        Assert.NotEqual(secret, await owner.Page.Locator("#secret").TextContentAsync());
        Assert.Contains(locale == "vi-VN" ? "Vận hành" : "Live", await owner.Page.Locator("h1 .tag").TextContentAsync());
        await SeeAsync(owner, "apps-live", locale);
        foreach (var part in (string[])["use", "team", "keys"])
        {
            await owner.OpenAsync($"{root}/{part}");
            await SeeAsync(owner, $"apps-{part}", locale);
        }
        foreach (var list in (string[])["apps", "apps/expiring"])
        {
            await owner.OpenAsync($"{stage.Administration}/{list}");
            await SeeAsync(owner, list.Replace('/', '-'), locale);
        }
        owner.AssertNoPolicyViolation();
        _report.AssertFaultless();
    }

    private async Task ReviewAsync(Stage stage, string locale, int width, bool script)
    {
        await using var reviewer = await chromium.VisitAsync(stage, new VisitorKind(locale, width, script));
        await AdministrationSignIn.ByMailAsync(reviewer, "son.vt@xa.mau.example", "xa-6");
        await reviewer.OpenAsync(stage.Administration + "/reviews");
        await SeeAsync(reviewer, "reviews", locale);
        await reviewer.PressAsync("main table a");
        await reviewer.ReachAsync("**/production");
        await reviewer.PressAsync("details:has(form[action$='handler=Comment']) summary");
        await reviewer.Page.Locator("form[action$='handler=Comment'] textarea").First.FillAsync("Đã xem, không có gì thừa.");
        await reviewer.PressAsync("form[action$='handler=Comment'] button");
        await SeeAsync(reviewer, "review", locale);
        await reviewer.PressAsync("form[action$='handler=Approve'] button");
        await reviewer.Page.Locator(".note.good").First.WaitForAsync();
    }

    private static async Task ProveAsync(Visitor visitor, string person, bool firstTime)
    {
        await visitor.ReachAsync("**/login/*");
        await visitor.ProveAsync(person);
        if (firstTime) await visitor.PressAsync("button[name=answer][value=yes]");
        await visitor.ReachAsync("**/release");
        Assert.Equal(1, await visitor.Page.Locator(".app img[src^='/logo/']").CountAsync());
        await visitor.PressAsync("button[name=answer][value=agree]");
    }

    /// <summary>What a few seconds of waiting would do.</summary>
    private static async Task PassSnapshotAsync(TestAdmin admin) => await ((NodeSnapshot)admin.Provider.Services.GetService(typeof(NodeSnapshot))!).RefreshAsync(CancellationToken.None);

    private async Task SeeAsync(Visitor visitor, string name, string locale)
    {
        await visitor.Page.WaitForLoadStateAsync();
        // The inspection is a script of its own.
        if (visitor.HasScript) await _report.LookAtAsync(visitor.Page, $"{name}-{locale[..2]}");
    }
}
