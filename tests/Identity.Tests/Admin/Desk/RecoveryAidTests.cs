using System.Net;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Domain.Factors;
using Identity.Domain.Notices;
using Identity.Tests.Factors;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Desk;

/// <summary>Identity-model rule 13: two administrators instead of a day's wait, and never one alone.</summary>
public sealed class RecoveryAidTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L7_two_administrators_open_an_hour_in_which_the_person_sets_up_anew(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine, new FixedClock(DateTimeOffset.UtcNow));
        using var lost = await LostAsync(stage);
        using var one = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        using var another = await stage.Admin.SignInAsync(AdminRole.HelpDesk);

        await AskAsync(one, lost);
        var own = await DeskStage.PostAsync(one, await one.OpenAsync("/recoveries"), "/recoveries/approve", ("id", (await AidAsync(stage)).Id.ToString()));
        Assert.Contains("Người khác phải quyết định", own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain((await RecoverAsync(lost)).Forms, Uses);
        var agreed = await another.SubmitAsync(await another.OpenAsync("/recoveries"), "/recoveries/approve");
        Assert.Contains("Người đó có một giờ", agreed.Text, StringComparison.Ordinal);

        lost.Forget();
        var page = await lost.Browser.SubmitAsync(await RecoverAsync(lost), "/recover", ("do", "use"));

        Assert.EndsWith("/enrol", page.Address.AbsolutePath, StringComparison.Ordinal);
        await stage.Admin.InDatabaseAsync(async db =>
        {
            Assert.True(await db.Notices.AnyAsync(n => n.Kind == NoticeKind.RecoveryGranted));
            foreach (var name in (string[])["recovery.requested", "recovery.approved", "recovery.granted", "recovery.used"]) Assert.Equal(1, await db.AuditEvents.CountAsync(a => a.Name == name));
            return 0;
        });
    }

    [Fact]
    public async Task After_the_hour_nothing_is_open()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        using var lost = await LostAsync(stage);
        using var one = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        using var another = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        await AskAsync(one, lost);
        await another.SubmitAsync(await another.OpenAsync("/recoveries"), "/recoveries/approve");

        stage.Admin.Clock!.Advance(RecoveryRequest.Granted + TimeSpan.FromMinutes(1));

        lost.Forget();
        Assert.DoesNotContain("Cài lại ngay", (await RecoverAsync(lost)).Text, StringComparison.Ordinal);
        Assert.Null(await stage.Admin.InDatabaseAsync(db => db.RecoveryRequests.Where(r => r.UsedAt != null).Select(r => r.UsedAt).FirstOrDefaultAsync()));
    }

    [Fact]
    public async Task A_declined_request_grants_nothing_and_another_one_may_be_made()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        using var lost = await LostAsync(stage);
        using var one = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        using var another = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        await AskAsync(one, lost);

        Assert.Contains("Đã từ chối", (await another.SubmitAsync(await another.OpenAsync("/recoveries"), "/recoveries/decline")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await stage.Admin.InDatabaseAsync(db => db.RecoveryRequests.CountAsync()));
        await AskAsync(one, lost);
    }

    [Fact]
    public async Task One_request_at_a_time_and_it_lapses_after_a_day()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        using var lost = await LostAsync(stage);
        using var one = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        using var another = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        await AskAsync(one, lost);

        var second = await another.SubmitAsync(await OpenAsync(another, lost), "/recover", ("Input.CaseNumber", "GT-2"));
        Assert.Contains("Việc này đã được làm", second.Text, StringComparison.Ordinal);
        stage.Admin.Clock!.Advance(RecoveryAid.Open + TimeSpan.FromMinutes(1));
        Assert.Contains("Không có đề nghị", (await another.OpenAsync("/recoveries")).Text, StringComparison.Ordinal);
        await AskAsync(another, lost);
    }

    [Fact]
    public async Task M1_an_agency_decides_for_its_own_people_only()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow));
        await stage.OfficialAsync(stage.Division);
        using var home = await stage.AgencyAsync(stage.Home);
        using var science = await stage.AgencyAsync(stage.Science);
        await home.SubmitAsync(await DeskStage.OpenRecordAsync(home), "/recover", ("Input.CaseNumber", "GT-1"));
        var id = (await AidAsync(stage)).Id.ToString();

        var list = await science.OpenAsync("/recoveries");
        Assert.Contains("Không có đề nghị", list.Text, StringComparison.Ordinal);
        var token = await science.OpenAsync("/people");
        Assert.Equal(HttpStatusCode.NotFound, (await DeskStage.PostAsync(science, token, "/recoveries/approve", ("id", id))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await DeskStage.PostAsync(science, token, "/recoveries/decline", ("id", id))).Status);
        Assert.Null((await AidAsync(stage)).DecidedAt);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task More_than_a_page_of_requests_go_on_behind_a_link(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        var people = new List<Guid>();
        for (var i = 1; i <= 51; i++) people.Add(await stage.CitizenAsync($"0961680000{i:00}"));
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        await stage.Admin.InDatabaseAsync(db =>
        {
            foreach (var (i, person) in people.Index())
                db.RecoveryAids.Add(new() { PersonId = person, CaseNumber = $"GT-{i + 1}", RequestedBy = people[0], RequestedAt = stage.Now, ExpiresAt = stage.Now.AddHours(1) });
            return db.SaveChangesAsync();
        });

        var page = await desk.OpenAsync("/recoveries");
        Assert.Equal(50, CasesOf(page).Count);
        var rest = await desk.OpenAsync(page.Document.QuerySelector(".pages a")!.GetAttribute("href")!);

        Assert.Equal(51, CasesOf(page).Concat(CasesOf(rest)).Distinct().Count());
        Assert.Null(rest.Document.QuerySelector(".pages a"));
    }

    private static List<string> CasesOf(TestPage page) => [.. page.Document.QuerySelectorAll("section.card h2").Select(h => h.TextContent)];

    private static bool Uses(AngleSharp.Html.Dom.IHtmlFormElement form) => form.Elements.OfType<AngleSharp.Html.Dom.IHtmlButtonElement>().Any(b => b.Value == "use");

    private static async Task<FactorVisitor> LostAsync(DeskStage stage)
    {
        var lost = await FactorVisitor.NewAsync(stage.Admin.Provider);
        await lost.AddAppAsync();
        lost.Forget();
        return lost;
    }

    private static async Task<TestPage> RecoverAsync(FactorVisitor person) =>
        await person.Browser.GetAsync((await person.SignInForAsync(2)).Address.AbsolutePath.Replace("/step-up", "/recover", StringComparison.Ordinal));

    private static Task<TestPage> OpenAsync(AdminVisitor desk, FactorVisitor person) => DeskStage.OpenRecordAsync(desk, ("Input.Key", nameof(LookUpKey.LocalAccount)), ("Input.Text", person.Name));

    private static async Task AskAsync(AdminVisitor desk, FactorVisitor person) =>
        Assert.Contains("Đã gửi đề nghị", (await desk.SubmitAsync(await OpenAsync(desk, person), "/recover", ("Input.CaseNumber", "GT-1"))).Text, StringComparison.Ordinal);

    private static Task<RecoveryAid> AidAsync(DeskStage stage) => stage.Admin.InDatabaseAsync(db => db.RecoveryAids.AsNoTracking().OrderBy(a => a.RequestedAt).LastAsync());
}
