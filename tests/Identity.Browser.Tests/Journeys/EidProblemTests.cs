using System.Text.Json.Nodes;
using Identity.Browser.Tests.Harness;
using Identity.Browser.Tests.Inspection;

namespace Identity.Browser.Tests.Journeys;

/// <summary>What goes wrong at the e-ID has its own text each time, keeps the application's name, and its first button works.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class EidProblemTests(Chromium chromium)
{
    [Fact]
    public async Task After_a_cancel_the_e_ID_can_be_tried_again()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        await visitor.StartAtAsync(stage.Portal);
        await visitor.ToEidAsync();
        await visitor.PressAsync("button[value=cancel]");
        await visitor.ComeBackAsync();
        await SeeAsync(visitor, "problem-cancelled", "Bạn đã dừng đăng nhập ở VNeID");
        await visitor.PressAsync(".btn.go");
        await visitor.ArriveAsync(stage.Eid);
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task After_a_timeout_a_retry_goes_on()
    {
        await using var stage = await Stage.StartAsync(ImpatientConnector);
        await using var visitor = await chromium.VisitAsync(stage);
        await visitor.StartAtAsync(stage.Portal);
        await visitor.ProveAsync("binh", "slow");
        await SeeAsync(visitor, "problem-timed-out", "VNeID chưa trả lời");
        await visitor.PressAsync(".btn.go");
        await visitor.ReachAsync("**/first");
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task The_waiting_page_leads_on_by_itself_without_script()
    {
        await using var stage = await Stage.StartAsync(ImpatientConnector);
        await using var visitor = await chromium.VisitAsync(stage, new VisitorKind(Script: false, Width: 360));
        await visitor.StartAtAsync(stage.Portal);
        await visitor.ProveAsync("an", "slow");
        await visitor.ReachAsync("**/problem");
        Assert.Equal("VNeID chưa trả lời", await visitor.HeadingAsync());
        Assert.Contains(visitor.Documents, d => d.Address.Contains("/returning", StringComparison.Ordinal));
        visitor.AssertNothingStrange();
    }

    [Fact]
    public async Task Who_is_not_proofed_well_enough_goes_back_to_the_application()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        await visitor.StartAtAsync(stage.Portal);
        await visitor.ProveAsync("dung");
        await visitor.PressAsync("button[name=answer][value=yes]");
        await visitor.ReachAsync("**/problem");
        await SeeAsync(visitor, "problem-level-too-low", "Dịch vụ này cần tài khoản mức độ 2");
        await visitor.PressAsync(".btn.go");
        await visitor.ArriveAsync(stage.Portal);
        Assert.Contains("access_denied", await visitor.TextAsync(), StringComparison.Ordinal);
        visitor.AssertNoPolicyViolation();
    }

    // The e-ID still holds the sign-in that we refused: a retry that it answers by itself could never succeed.
    [Fact]
    public async Task Who_came_as_somebody_else_is_asked_again_by_the_e_ID()
    {
        await using var stage = await Stage.StartAsync();
        await using var visitor = await chromium.VisitAsync(stage);
        await visitor.StartAtAsync(stage.Portal);
        await visitor.ProveAsync("doanhnghiep");
        await SeeAsync(visitor, "problem-organisation", "Bạn đang dùng tài khoản của tổ chức");
        await visitor.PressAsync(".btn.go");
        await visitor.ArriveAsync(stage.Eid);

        await visitor.PressAsync("button[name=person][value=an]");
        await visitor.ReachAsync("**/first");
        await visitor.PressAsync("button[name=answer][value=no]");
        await visitor.ReachAsync("**/problem");
        await SeeAsync(visitor, "problem-not-me", "Thông tin sai, hoặc không phải là bạn");
        await visitor.PressAsync(".btn.go");
        await visitor.ArriveAsync(stage.Eid);
        visitor.AssertNothingStrange();
    }

    private static async Task SeeAsync(Visitor visitor, string name, string heading)
    {
        Assert.Equal(heading, await visitor.HeadingAsync());
        Assert.Contains("Cổng dịch vụ công An Bình", await visitor.Page.Locator("header").InnerTextAsync(), StringComparison.Ordinal);
        var report = new PageReport();
        await report.LookAtAsync(visitor.Page, name);
        report.AssertFaultless();
    }

    private static void ImpatientConnector(JsonNode seed) =>
        Stage.Entry(seed, "connectors", "name", "vnconnect")["settings"]!["timeout"] = "00:00:03";
}
