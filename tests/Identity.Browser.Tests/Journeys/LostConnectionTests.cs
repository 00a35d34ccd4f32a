using Identity.Browser.Tests.Harness;
using Identity.Browser.Tests.Inspection;
using Identity.Domain.Administration;
using Identity.Tests.Admin;
using Identity.Tests.Harness;
using Microsoft.Playwright;

namespace Identity.Browser.Tests.Journeys;

/// <summary>An administrator whose sign-in or connection ends while a form is open (P14): a form with a file, and a long text.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class LostConnectionTests(Chromium chromium)
{
    private readonly PageReport _report = new();

    [Theory, InlineData("vi-VN", 360, false), InlineData("en-US", 1280, true)]
    public async Task A_chosen_file_outlives_the_sign_in_and_needs_one_press(string locale, int width, bool script)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var stage = await Stage.StartAsync(clock: clock);
        await using var admin = await OpenAsync(stage);
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(locale, width, script));
        await AdministrationSignIn.ByMailAsync(visitor, "ha.dt@xa.mau.example", "xa-4");
        var list = (await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Seed", "staff.csv"))).Take(2).ToArray();

        await visitor.OpenAsync(stage.Administration + "/staff/import");
        await visitor.Page.SetInputFilesAsync("#file", new FilePayload { Name = "danh-sách.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', list)) });
        await visitor.Page.CheckAsync("#only");
        clock.Advance(TimeSpan.FromMinutes(45));
        await visitor.PressAsync("form[action$='/upload'] button");
        await visitor.ReachAsync(url => url.Contains("form=", StringComparison.Ordinal) && url.StartsWith(stage.Administration + "/staff/import", StringComparison.Ordinal));

        Assert.Contains("danh-sách.csv", await visitor.Page.Locator("#kept-file").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await visitor.Page.IsCheckedAsync("#only"));
        if (script) await _report.LookAtAsync(visitor.Page, "staff-import-came-back");
        await visitor.PressAsync("form[action$='/upload'] button");
        await visitor.ReachAsync(url => url.Contains("upload=", StringComparison.Ordinal));

        Assert.Equal(0, await visitor.Page.Locator("#faults").CountAsync());
        visitor.AssertNoPolicyViolation();
        _report.AssertFaultless();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_connection_that_is_lost_while_sending_loses_no_word(bool script)
    {
        await using var stage = await Stage.StartAsync();
        await using var admin = await OpenAsync(stage);
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(Script: script));
        await AdministrationSignIn.ByMailAsync(visitor, "ha.dt@xa.mau.example", "xa-4");
        await visitor.OpenAsync(stage.Administration + "/configuration/edit?kind=client&name=portal");
        await visitor.Page.FillAsync("#reason", "lý do đã gõ rất lâu");

        await visitor.Page.Context.SetOfflineAsync(true);
        await visitor.Page.ClickAsync("button[value=check]");
        await visitor.Page.WaitForURLAsync("chrome-error://**");
        await visitor.Page.Context.SetOfflineAsync(false);
        await visitor.Page.ReloadAsync();

        Assert.Equal("lý do đã gõ rất lâu", await visitor.Page.InputValueAsync("#reason"));
    }

    private static async Task<TestAdmin> OpenAsync(Stage stage)
    {
        var admin = await stage.OpenAdministrationAsync();
        await admin.WithAsync(async (RoleBook roles) => await roles.GiveAsync(new RoleGift(AdminRole.Administrator, "test") { Mail = "ha.dt@xa.mau.example" }, "test", CancellationToken.None));
        return admin;
    }
}
