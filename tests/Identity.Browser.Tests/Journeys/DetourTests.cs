using Identity.Browser.Tests.Harness;
using Identity.Browser.Tests.Inspection;
using Xunit.Abstractions;

namespace Identity.Browser.Tests.Journeys;

/// <summary>What people do that no flow chart shows: open two tabs, go back, mistype, change their mind.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class DetourTests(Chromium chromium, ITestOutputHelper output)
{
    [Fact]
    public async Task Two_tabs_both_arrive()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        var first = visitor.Page;
        await AtChooserAsync(visitor, stage.Portal);
        var second = await visitor.NewTabAsync();
        await AtChooserAsync(visitor, stage.Documents);
        var third = await visitor.NewTabAsync();
        await AtChooserAsync(visitor, stage.Portal);

        visitor.Use(first);
        await visitor.ProveAsync("an");
        await visitor.PressAsync("button[name=answer][value=yes]");
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Portal);

        visitor.Use(second);
        await visitor.PressAsync("form[action*='/start/'] button");
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Documents);
        Assert.Equal("Xin chào Nguyễn Thị Ẩn", await visitor.HeadingAsync());

        // Reloaded: signed in already, so there is nothing left to ask.
        visitor.Use(third);
        await visitor.Page.ReloadAsync();
        await visitor.ArriveAsync(stage.Portal);
        Assert.Equal("Xin chào Nguyễn Thị Ẩn", await visitor.HeadingAsync());
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task The_back_button_never_ends_in_an_error_at_any_step()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        await visitor.StartAtAsync(stage.Portal);
        await visitor.ReachAsync("**/login/*");
        await BackAndForthAsync(visitor);

        await visitor.ProveAsync("an");
        await visitor.ReachAsync("**/first");
        await BackAndForthAsync(visitor);
        await visitor.ReachAsync("**/first");

        await visitor.PressAsync("button[name=answer][value=yes]");
        await visitor.ReachAsync("**/release");
        await BackAndForthAsync(visitor);
        await visitor.ReachAsync("**/release");

        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Portal);
        for (var steps = 0; steps < 6; steps++) await BackAsync(visitor);

        Assert.DoesNotContain(visitor.Documents, d => d.Status >= 400);
        Assert.DoesNotContain(visitor.Requests.GroupBy(r => (r.Url, r.Method, r.PostData)), same => same.Key.Method == "POST" && same.Count() > 1);
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task An_application_that_does_not_answer_the_logout_is_shown_as_unknown()
    {
        await using var stage = await Stage.StartAsync(seed =>
            Stage.Entry(seed, "clients", "client_id", "documents")["backchannel_logout_uri"] = Stage.DeadAddress() + "/backchannel-logout");
        await using var visitor = await chromium.VisitAsync(stage);
        await visitor.SignInForTheFirstTimeAsync(stage.Portal, "an");
        await visitor.StartAtAsync(stage.Documents);
        await visitor.PressAsync("button[name=answer][value=agree]");
        await visitor.ArriveAsync(stage.Documents);

        await visitor.OpenAsync(stage.Portal);
        var pressed = TimeProvider.System.GetTimestamp();
        await visitor.PressAsync("form[action='/signout'] button");
        await visitor.ReachAsync("**/done");
        output.WriteLine($"The result was there after {TimeProvider.System.GetElapsedTime(pressed).TotalSeconds:0.0} s");
        var told = await visitor.Page.Locator("tr", new() { HasText = "Quản lý văn bản" }).InnerTextAsync();
        Assert.DoesNotContain("Đã đăng xuất", told, StringComparison.Ordinal);
        Assert.Matches("Chưa xác nhận được|Đang báo", told);
        Assert.Contains("Đã đăng xuất", await visitor.Page.Locator("tr", new() { HasText = "Cổng dịch vụ công" }).InnerTextAsync(), StringComparison.Ordinal);

        var report = new PageReport();
        await report.LookAtAsync(visitor.Page, "logged-out-unsure");
        report.AssertFaultless();
        await visitor.PressAsync(".btn.go");
        await visitor.ArriveAsync(stage.Portal + "/signed-out");
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task A_local_account_signs_in_with_its_password_after_a_mistake()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        await visitor.OpenAsync(stage.Server + "/account");
        await FillAsync(visitor, "not the right passphrase");
        Assert.Contains("chưa đúng", await visitor.Page.Locator("[role=alert]").InnerTextAsync(), StringComparison.Ordinal);
        Assert.StartsWith("Lỗi: ", await visitor.Page.TitleAsync(), StringComparison.Ordinal);

        var report = new PageReport();
        await report.LookAtAsync(visitor.Page, "sign-in-password-fault");
        await FillAsync(visitor, Identity.Tests.Harness.TestProvider.Password);
        Assert.Equal("Xin chào, Nguyễn Thị Ẩn", await visitor.HeadingAsync());
        report.AssertFaultless();
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task Who_goes_back_to_the_application_is_not_signed_in_there()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        await visitor.StartAtAsync(stage.Documents);
        await visitor.PressAsync("form[action$='/cancel'] button");
        await visitor.ArriveAsync(stage.Documents + "/callback");
        Assert.Contains("access_denied", await visitor.TextAsync(), StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAtAsync(stage.Documents));
        visitor.AssertNoPolicyViolation();
    }

    private static async Task FillAsync(Visitor visitor, string password)
    {
        await visitor.Page.Locator("#username").FillAsync("full");
        await visitor.Page.Locator("#password").FillAsync(password);
        await visitor.PressAsync("form[action$='/password'] button");
    }

    private static async Task AtChooserAsync(Visitor visitor, string application)
    {
        await visitor.StartAtAsync(application);
        await visitor.ReachAsync("**/login/*");
    }

    private static async Task BackAndForthAsync(Visitor visitor)
    {
        await BackAsync(visitor);
        await visitor.Page.GoForwardAsync();
    }

    private static async Task BackAsync(Visitor visitor) => await visitor.Page.GoBackAsync();
}
