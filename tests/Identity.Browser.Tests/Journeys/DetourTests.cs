using Identity.Browser.Tests.Harness;
using Identity.Browser.Tests.Inspection;
using Xunit.Abstractions;

namespace Identity.Browser.Tests.Journeys;

/// <summary>What people do that no flow chart shows: cancel, wait, come with the wrong account, open two tabs, go back.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class DetourTests(Chromium chromium, ITestOutputHelper output)
{
    [Fact]
    public async Task What_goes_wrong_at_the_e_ID_has_its_own_text_each_time_and_a_first_button_that_works()
    {
        await using var stage = await Stage.StartAsync(ImpatientConnector);
        var texts = new List<string>();
        var report = new PageReport();

        await using (var visitor = await chromium.VisitAsync(stage))
        {
            await visitor.StartAtAsync(stage.Portal);
            await visitor.ToEidAsync();
            await visitor.PressAsync("button[value=cancel]");
            await visitor.ComeBackAsync();
            await SeeAsync(visitor, "problem-cancelled");
            await visitor.PressAsync(".btn.go");
            await visitor.ArriveAsync(stage.Eid);
            visitor.AssertNothingStrange();
        }
        await using (var visitor = await chromium.VisitAsync(stage))
        {
            await visitor.StartAtAsync(stage.Portal);
            await visitor.ProveAsync("binh", "slow");
            await visitor.Page.WaitForURLAsync("**/problem");
            await SeeAsync(visitor, "problem-timed-out");
            await visitor.PressAsync(".btn.go");
            await visitor.Page.WaitForURLAsync("**/first");
            visitor.AssertNothingStrange();
        }
        await using (var visitor = await chromium.VisitAsync(stage))
        {
            await visitor.StartAtAsync(stage.Portal);
            await visitor.ProveAsync("dung");
            await visitor.PressAsync("button[name=answer][value=yes]");
            await visitor.Page.WaitForURLAsync("**/problem");
            await SeeAsync(visitor, "problem-level-too-low");
            await visitor.PressAsync(".btn.go");
            await visitor.ArriveAsync(stage.Portal);
            Assert.Contains("access_denied", await visitor.TextAsync(), StringComparison.Ordinal);
            visitor.AssertNoPolicyViolation();
        }
        await using (var visitor = await chromium.VisitAsync(stage))
        {
            await visitor.StartAtAsync(stage.Portal);
            await visitor.ProveAsync("doanhnghiep");
            await SeeAsync(visitor, "problem-organisation");
            // The e-ID still holds the organisation's sign-in: a retry that it answers by itself could never succeed.
            await visitor.PressAsync(".btn.go");
            await visitor.ArriveAsync(stage.Eid);
            await visitor.PressAsync("button[name=person][value=an]");
            await visitor.Page.WaitForURLAsync("**/first");
            await visitor.PressAsync("button[name=answer][value=no]");
            await visitor.Page.WaitForURLAsync("**/problem");
            await SeeAsync(visitor, "problem-not-me");
            await visitor.PressAsync(".btn.go");
            await visitor.ArriveAsync(stage.Eid);
            visitor.AssertNothingStrange();
        }
        Assert.Equal(texts.Count, texts.Distinct().Count());
        report.AssertFaultless();

        async Task SeeAsync(Visitor visitor, string name)
        {
            texts.Add(await visitor.HeadingAsync());
            Assert.Contains("Cổng dịch vụ công An Bình", await visitor.Page.Locator("header").InnerTextAsync(), StringComparison.Ordinal);
            await report.LookAtAsync(visitor.Page, name);
        }
    }

    [Fact]
    public async Task The_waiting_page_leads_on_by_itself_without_script()
    {
        await using var stage = await Stage.StartAsync(ImpatientConnector);
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(Script: false, Width: 360));
        await visitor.StartAtAsync(stage.Portal);
        await visitor.ProveAsync("an", "slow");
        await visitor.Page.WaitForURLAsync("**/problem");
        Assert.Equal("VNeID chưa trả lời", await visitor.HeadingAsync());
        Assert.Contains(visitor.Documents, d => d.Address.Contains("/returning", StringComparison.Ordinal));
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task Two_tabs_both_arrive()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        var first = visitor.Page;
        await visitor.StartAtAsync(stage.Portal);
        var second = await visitor.NewTabAsync();
        await visitor.StartAtAsync(stage.Documents);
        var third = await visitor.NewTabAsync();
        await visitor.StartAtAsync(stage.Portal);

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

        // Reloaded instead of continued: signed in already, and still at the chooser that was asked for.
        visitor.Use(third);
        await visitor.Page.ReloadAsync();
        await visitor.PressAsync("form[action*='/start/'] button");
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
        await visitor.Page.WaitForURLAsync("**/login/*");
        await BackAndForthAsync(visitor);

        await visitor.ProveAsync("an");
        await visitor.Page.WaitForURLAsync("**/first");
        await BackAndForthAsync(visitor);
        await visitor.Page.WaitForURLAsync("**/first");

        await visitor.PressAsync("button[name=answer][value=yes]");
        await visitor.Page.WaitForURLAsync("**/release");
        await BackAndForthAsync(visitor);
        await visitor.Page.WaitForURLAsync("**/release");

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
        await visitor.Page.WaitForURLAsync("**/done");
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

    private static void ImpatientConnector(System.Text.Json.Nodes.JsonNode seed) =>
        Stage.Entry(seed, "connectors", "name", "vnconnect")["settings"]!["timeout"] = "00:00:03";

    private static async Task FillAsync(Visitor visitor, string password)
    {
        await visitor.Page.Locator("#username").FillAsync("full");
        await visitor.Page.Locator("#password").FillAsync(password);
        await visitor.PressAsync("form[action$='/password'] button");
    }

    private static async Task BackAndForthAsync(Visitor visitor)
    {
        await BackAsync(visitor);
        await visitor.Page.GoForwardAsync();
    }

    private static async Task BackAsync(Visitor visitor) => await visitor.Page.GoBackAsync();
}
