using System.Net;
using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Domain.Notices;
using Identity.Domain.People;
using Identity.Tests.Factors;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Desk;

/// <summary>What a desk does to a person's account, and what it may not.</summary>
public sealed class DeedTests
{
    private static readonly (string, string)[] Why = [("Input.Reason", nameof(FreezeReason.SecurityIncident)), ("Input.CaseNumber", "SC-9")];

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Freezing_ends_everything_at_once_and_unfreezing_lets_in_again(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        using var citizen = await FactorVisitor.NewAsync(stage.Admin.Provider);
        Assert.Equal(200, (await TestRelyingParty.Of(stage.Admin.Provider).TokensAsync(citizen.Browser, citizen.Name)).Status);
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        var record = await OpenAsync(desk, citizen);

        var frozen = await desk.SubmitAsync(record, "/freeze", Why);

        Assert.Contains("Đã tạm khóa tài khoản", frozen.Text, StringComparison.Ordinal);
        var person = await PersonAsync(stage, citizen);
        await stage.Admin.InDatabaseAsync(async db =>
        {
            Assert.Equal(PersonStatus.Suspended, (await db.People.SingleAsync(p => p.Id == person)).Status);
            Assert.Equal(0, await db.Sessions.CountAsync(s => s.PersonId == person && s.EndedAt == null));
            Assert.Equal(0, await db.Grants.CountAsync(g => g.PersonId == person && g.RevokedAt == null));
            Assert.Equal(0, await db.AuthorizationCodes.CountAsync(c => c.PersonId == person && c.RedeemedAt == null));
            Assert.True(await db.LogoutDeliveries.AnyAsync(d => d.ClientId == "rp"));
            Assert.True(await db.Notices.AnyAsync(n => n.PersonId == person && n.Kind == NoticeKind.AccountFrozen));
            return 0;
        });
        Assert.True(Someone.AsksForPassword(await citizen.Browser.GetAsync("/account")));
        Assert.NotEqual("/account", (await citizen.OpenAsync("/account")).Address.AbsolutePath);

        var open = await desk.SubmitAsync(frozen, "/unfreeze", ("Input.Reason", nameof(FreezeReason.ChecksDone)), ("Input.CaseNumber", "SC-9"));
        Assert.Contains("Đã mở khóa tài khoản", open.Text, StringComparison.Ordinal);
        Assert.Contains("Tài khoản của bạn bị tạm khóa bởi bộ phận hỗ trợ của tỉnh vì cần xử lý một sự cố an toàn, mã hồ sơ SC-9", (await citizen.OpenAsync("/account/activity")).Text, StringComparison.Ordinal);
    }

    [Theory, InlineData("Input.Reason", "", "Chọn lý do"), InlineData("Input.CaseNumber", "", "Nhập số hồ sơ"), InlineData("Input.CaseNumber", "a b c", "chỉ gồm chữ")]
    public async Task Freezing_needs_a_reason_and_a_paper(string field, string value, string said)
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        using var citizen = await FactorVisitor.NewAsync(stage.Admin.Provider);
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);

        var page = await desk.SubmitAsync(await OpenAsync(desk, citizen), "/freeze", [.. Why.Where(f => f.Item1 != field), (field, value)]);

        Assert.Contains(said, page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await stage.CountAsync(PersonFreeze.Suspended));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task M1_a_session_of_somebody_else_does_not_end_by_its_id(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        using var citizen = await FactorVisitor.NewAsync(stage.Admin.Provider);
        using var other = await FactorVisitor.NewAsync(stage.Admin.Provider);
        await citizen.OpenAsync("/account");
        await other.OpenAsync("/account");
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        var (own, foreign) = (await SessionAsync(stage, citizen), await SessionAsync(stage, other));

        var page = await OpenAsync(desk, citizen);
        await PostAsync(desk, page, "/endsession", ("session", foreign.ToString()));
        await PostAsync(desk, page, "/endsession", ("session", own.ToString()));
        Assert.Equal(DeskSessions.EndReason, await stage.Admin.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == own).Select(s => s.EndReason).SingleAsync()));
        Assert.Null(await stage.Admin.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == foreign).Select(s => s.EndReason).SingleAsync()));
    }

    [Fact]
    public async Task Nobody_acts_on_themselves()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        var name = await stage.Admin.InDatabaseAsync(db => db.Users.Where(u => u.Id == desk.PersonId).Select(u => u.UserName!).SingleAsync());

        var page = await DeskStage.OpenRecordAsync(desk, ("Input.Key", nameof(LookUpKey.LocalAccount)), ("Input.Text", name));

        Assert.Contains("Bạn không tự thao tác", page.Text, StringComparison.Ordinal);
        await PostAsync(desk, page, "/freeze", Why);
        Assert.Equal(PersonStatus.Active, await stage.Admin.InDatabaseAsync(db => db.People.Where(p => p.Id == desk.PersonId).Select(p => p.Status).SingleAsync()));
    }

    [Fact]
    public async Task M2_an_agency_does_not_lock_out_the_provinces_people_and_lifts_no_freeze_of_the_province()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        var administrator = await stage.OfficialAsync(stage.Division);
        await stage.Admin.GiveAsync(administrator, AdminRole.Operator);
        var clerk = await stage.OfficialAsync(stage.Division, "096168000002");
        using var agency = await stage.AgencyAsync(stage.Home);
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);

        var page = await DeskStage.OpenRecordAsync(agency);
        Assert.Contains("Chỉ quản trị viên của tỉnh", page.Text, StringComparison.Ordinal);
        await PostAsync(agency, page, "/freeze", Why);
        await desk.SubmitAsync(await DeskStage.OpenRecordAsync(desk, ("Input.Text", "096168000002")), "/freeze", Why);
        page = await DeskStage.OpenRecordAsync(agency, ("Input.Text", "096168000002"));
        page = await agency.SubmitAsync(page, "/unfreeze", Why);

        Assert.Contains("Chỉ tỉnh mở lại được", page.Text, StringComparison.Ordinal);
        Assert.Equal([PersonStatus.Active, PersonStatus.Suspended], await stage.Admin.InDatabaseAsync(async db =>
            new[] { (await db.People.SingleAsync(p => p.Id == administrator)).Status, (await db.People.SingleAsync(p => p.Id == clerk)).Status }));
    }

    [Fact]
    public async Task A_deed_that_is_none_and_one_without_its_form_change_nothing()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        using var citizen = await FactorVisitor.NewAsync(stage.Admin.Provider);
        using var desk = await stage.Admin.SignInAsync(AdminRole.HelpDesk);
        var page = await OpenAsync(desk, citizen);

        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(desk, page, "/delete")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.Browser.PostAsync(page.Address.AbsoluteUri + "/freeze", Why.Select(f => KeyValuePair.Create(f.Item1, f.Item2)))).Status);
    }

    private static Task<TestPage> OpenAsync(AdminVisitor desk, FactorVisitor citizen) =>
        DeskStage.OpenRecordAsync(desk, ("Input.Key", nameof(LookUpKey.LocalAccount)), ("Input.Text", citizen.Name));

    private static Task<TestPage> PostAsync(AdminVisitor desk, TestPage page, string deed, params (string Name, string Value)[] fields) =>
        DeskStage.PostAsync(desk, page, page.Address.AbsolutePath + deed, fields);

    private static Task<Guid> PersonAsync(DeskStage stage, FactorVisitor citizen)
    {
        var name = citizen.Name.ToUpperInvariant();
        return stage.Admin.InDatabaseAsync(db => db.Users.Where(u => u.NormalizedUserName == name).Select(u => u.Id).SingleAsync());
    }

    private static async Task<Guid> SessionAsync(DeskStage stage, FactorVisitor citizen)
    {
        var person = await PersonAsync(stage, citizen);
        return await stage.Admin.InDatabaseAsync(db => db.Sessions.Where(s => s.PersonId == person && s.EndedAt == null).Select(s => s.Id).SingleAsync());
    }
}
