using System.Net;
using System.Text;
using Identity.Domain.Administration;
using Identity.Domain.Organisations;
using Identity.Tests.Harness;
using Identity.Tests.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Desk;

/// <summary>The tree, its units and their people in an administrator's hands.</summary>
public sealed class UnitPageTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_unit_gets_a_new_name_after_its_consequences_were_seen(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        using var agency = await stage.AgencyAsync(stage.Home);
        var page = await agency.OpenAsync($"/units/{stage.Division}");

        var preview = await PreviewAsync(agency, page, UnitDeed.Rename, ("Input.NameVi", "Phòng Tổ chức cán bộ"), ("Input.NameEn", "Personnel Division"));
        Assert.Contains("Ứng dụng vẫn nhận ra đơn vị", preview.Text, StringComparison.Ordinal);
        Assert.Equal("Phòng Tổ chức", (await UnitAsync(stage)).NameVi);
        var done = await agency.SubmitAsync(preview, "/apply");

        Assert.Equal("Phòng Tổ chức cán bộ", done.Heading);
        Assert.Contains("Phòng Tổ chức", (await stage.Admin.InDatabaseAsync(db => db.OrgUnitVersions.SingleAsync())).NameVi, StringComparison.Ordinal);
        var before = await agency.OpenAsync("/units?at=2026-01-01");
        Assert.Contains("Phòng Tổ chức", before.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("cán bộ", before.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_editor_sees_that_somebody_was_faster_and_keeps_what_they_typed()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        using var agency = await stage.AgencyAsync(stage.Home);
        var stale = await agency.OpenAsync($"/units/{stage.Division}");
        await agency.SubmitAsync(await PreviewAsync(agency, stale, UnitDeed.Rename, ("Input.NameVi", "Phòng Một"), ("Input.NameEn", "First Division")), "/apply");

        var late = await PreviewAsync(agency, stale, UnitDeed.Rename, ("Input.NameVi", "Phòng Hai"), ("Input.NameEn", "Second Division"));

        Assert.Contains("Người khác vừa thay đổi", late.Text, StringComparison.Ordinal);
        Assert.Equal("Phòng Hai", late.Document.QuerySelector("#vi")!.GetAttribute("value"));
        Assert.Equal("Phòng Một", (await UnitAsync(stage)).NameVi);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_merger_says_how_many_go_over_and_carries_them(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        var clerk = await stage.OfficialAsync(stage.Division);
        using var administrator = await stage.Admin.SignInAsync(AdminRole.Administrator);
        var page = await administrator.OpenAsync($"/units/{stage.Division}");

        var preview = await PreviewAsync(administrator, page, UnitDeed.Merge, ("Input.OtherCode", "H99.08"));
        Assert.Contains("1 tư cách và 0 vị trí chuyển sang", preview.Text, StringComparison.Ordinal);
        await administrator.SubmitAsync(preview, "/apply");

        Assert.Equal(stage.Science, await stage.Admin.InDatabaseAsync(db => db.Affiliations.Where(a => a.PersonId == clerk && a.EndedAt == null).Select(a => a.OrgUnitId!.Value).SingleAsync()));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Of_a_new_name_and_a_merger_that_were_made_from_the_same_page_one_is_carried_out(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        var administrator = new AdminActor(Guid.CreateVersion7(), [new HeldRole(Guid.CreateVersion7(), AdminRole.Administrator, null, RoleAssignmentKind.Standing, null)], []);
        var today = VietnamDay.Of(stage.Now);
        for (var round = 0; round < 12; round++)
        {
            var unit = new OrgUnit { Code = $"H99.07.{30 + round}", NameVi = "Phòng Mới", NameEn = "New Division", ParentId = stage.Home, ValidFrom = stage.Now.AddDays(-40), NamedSince = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) };
            await stage.Admin.InDatabaseAsync(db => { db.OrgUnits.Add(unit); return db.SaveChangesAsync(); });
            Task<UnitRefusal?> DoAsync(UnitDeed deed) => stage.Admin.WithAsync((UnitChanges changes) => changes.ApplyAsync(administrator, unit.Id,
                new UnitChange(deed, today) { MadeFrom = unit.NamedSince, NameVi = "Phòng Khác", NameEn = "Other Division", OtherCode = "H99.08" }, CancellationToken.None));

            var outcomes = await Task.WhenAll(DoAsync(UnitDeed.Rename), DoAsync(UnitDeed.Merge), DoAsync(UnitDeed.End));

            Assert.Single(outcomes, refusal => refusal is null);
        }
    }

    [Fact]
    public async Task M1_an_agency_sees_and_changes_its_own_tree_only_and_not_what_is_above_it()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        using var agency = await stage.AgencyAsync(stage.Home);
        var own = await agency.OpenAsync($"/units/{stage.Home}");

        Assert.DoesNotContain("Sở Khoa học", (await agency.OpenAsync("/units")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await agency.OpenAsync($"/units/{stage.Science}")).Status);
        Assert.Contains("Chỉ tỉnh làm được", (await PreviewAsync(agency, own, UnitDeed.End)).Text, StringComparison.Ordinal);
        Assert.Contains("Không có đơn vị với mã này", (await PreviewAsync(agency, await agency.OpenAsync($"/units/{stage.Division}"), UnitDeed.Merge, ("Input.OtherCode", "H99.08"))).Text, StringComparison.Ordinal);
        var science = await stage.Admin.InDatabaseAsync(db => db.OrgUnits.SingleAsync(u => u.Id == stage.Science));
        var forged = await DeskStage.PostAsync(agency, own, $"/units/{stage.Science}/apply", ("Input.Deed", "Rename"), ("Input.Version", $"{science.NamedSince.UtcTicks}"), ("Input.Since", "2026-01-02"), ("Input.NameVi", "Sở Khác"), ("Input.NameEn", "Other"));
        Assert.Equal(HttpStatusCode.NotFound, forged.Status);
        Assert.Equal("Sở Khoa học và Công nghệ", (await stage.Admin.InDatabaseAsync(db => db.OrgUnits.SingleAsync(u => u.Id == stage.Science))).NameVi);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_personnel_list_is_looked_at_before_it_is_imported(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        using var agency = await stage.AgencyAsync(stage.Home);

        var plan = await UploadAsync(stage, agency, "hr-h99-07", "CB1,,cb1@so.mau.example,Lê Văn Mẫu,H99.07.12,Chuyên viên,2026-01-01,,", "CB2,,cb2@so.mau.example,Trần Mẫu,H99.08,Chuyên viên,2026-01-01,,");
        Assert.Contains("Lê Văn Mẫu", plan.Text, StringComparison.Ordinal);
        Assert.Contains("mã đơn vị là H99.08, không thuộc cơ quan của bạn", plan.Text, StringComparison.Ordinal);
        Assert.Equal(0, await stage.Admin.InDatabaseAsync(db => db.StaffRecords.CountAsync()));
        var refused = await agency.SubmitAsync(plan, "/confirm");
        Assert.Contains("Danh sách có dòng lỗi", refused.Text, StringComparison.Ordinal);
        var done = await agency.SubmitAsync(refused, "/confirm", ("skipErrors", "true"));

        Assert.Contains("Đã nhập danh sách", done.Text, StringComparison.Ordinal);
        Assert.Equal(["CB1"], await stage.Admin.InDatabaseAsync(db => db.StaffRecords.Where(r => r.Source == "hr-h99-07").Select(r => r.StaffNumber).ToListAsync()));
        Assert.Equal(0, await stage.Admin.InDatabaseAsync(db => db.StaffUploads.CountAsync()));
    }

    [Fact]
    public async Task M1_an_upload_is_its_senders_and_an_agency_has_its_own_list_alone()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        using var agency = await stage.AgencyAsync(stage.Home);
        using var science = await stage.AgencyAsync(stage.Science);
        var plan = await UploadAsync(stage, agency, "hr-h99-07", "CB1,,cb1@so.mau.example,Lê Văn Mẫu,H99.07.12,Chuyên viên,2026-01-01,,");
        var upload = plan.Document.QuerySelector("input[name=upload]")!.GetAttribute("value")!;

        Assert.Equal(HttpStatusCode.NotFound, (await science.OpenAsync($"/staff/import?upload={upload}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await DeskStage.PostAsync(science, await science.OpenAsync("/staff/import"), "/staff/import/confirm", ("upload", upload))).Status);
        Assert.Contains("Chọn danh sách", (await UploadAsync(stage, science, "hr", "CB1,,cb1@so.mau.example,Lê Văn Mẫu,H99.08,Chuyên viên,2026-01-01,,")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await stage.Admin.InDatabaseAsync(db => db.StaffRecords.CountAsync()));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_post_on_the_lists_is_confirmed_or_ended(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        var (idle, old, foreign) = (await stage.CitizenAsync(), await stage.CitizenAsync("096168000002"), await stage.CitizenAsync("096168000003"));
        var (a, b, c) = (await stage.PutInOfficeAsync(idle, stage.Division, stage.Now.AddDays(-60)), await stage.PutInOfficeAsync(old, stage.Home, stage.Now, stage.Now.AddDays(-300)), await stage.PutInOfficeAsync(foreign, stage.Science, stage.Now.AddDays(-60)));
        using var agency = await stage.AgencyAsync(stage.Home);

        var list = await agency.OpenAsync("/staff/reviews?list=Idle");
        Assert.Equal(a.ToString(), Assert.Single(list.Document.QuerySelectorAll("form[action$=end] input[name=standing]")).GetAttribute("value"));
        Assert.Equal(HttpStatusCode.NotFound, (await DeskStage.PostAsync(agency, list, "/staff/reviews/end", ("standing", c.ToString()))).Status);
        Assert.Contains("Đã kết thúc tư cách", (await agency.SubmitAsync(list, "/end")).Text, StringComparison.Ordinal);
        var review = await agency.SubmitAsync(await agency.OpenAsync("/staff/reviews?list=Review"), "/confirm");

        Assert.Contains("Không còn ai", review.Text, StringComparison.Ordinal);
        await stage.Admin.InDatabaseAsync(async db =>
        {
            Assert.Equal(StandingEndReason.EndedByAdministrator, (await db.Affiliations.SingleAsync(s => s.Id == a)).EndReason);
            Assert.NotNull((await db.Affiliations.SingleAsync(s => s.Id == b)).ReviewedAt);
            Assert.Null((await db.Affiliations.SingleAsync(s => s.Id == c)).EndedAt);
            return 0;
        });
    }

    private static Task<OrgUnit> UnitAsync(DeskStage stage) => stage.Admin.InDatabaseAsync(db => db.OrgUnits.AsNoTracking().SingleAsync(u => u.Id == stage.Division));

    /// <summary>The form of that deed on the page, filled in.</summary>
    private static Task<TestPage> PreviewAsync(AdminVisitor visitor, TestPage page, UnitDeed deed, params (string Name, string Value)[] fields)
    {
        var form = page.Forms.Single(f => f.Action.EndsWith("/preview", StringComparison.Ordinal) && f.QuerySelector("input[name='Input.Deed']")!.GetAttribute("value") == deed.ToString());
        var version = form.QuerySelector("input[name='Input.Version']")!.GetAttribute("value")!;
        var since = form.QuerySelector("input[name='Input.Since']")!.GetAttribute("value")!;
        return DeskStage.PostAsync(visitor, page, $"{page.Address.AbsolutePath.Replace("/preview", "", StringComparison.Ordinal)}/preview", [("Input.Deed", deed.ToString()), ("Input.Version", version), ("Input.Since", since), .. fields]);
    }

    private static async Task<TestPage> UploadAsync(DeskStage stage, AdminVisitor visitor, string source, params string[] rows)
    {
        var page = await visitor.OpenAsync("/staff/import");
        var form = page.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        using var content = new MultipartFormDataContent
        {
            { new StringContent(form), "form" }, { new StringContent(source), "source" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes($"{Office.ListHeader}\n{string.Join('\n', rows)}")), "file", "list.csv" },
        };
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = visitor.Browser.Cookies });
        var reply = await http.PostAsync(new Uri($"{stage.Admin.Address}/staff/import/upload"), content);
        return await TestPage.ReadAsync(reply.RequestMessage!.RequestUri!, reply);
    }
}
