using System.Net;
using Identity.Domain.Administration;
using Identity.Domain.Organisations;
using Identity.Tests.Harness;
using Identity.Tests.Organisations;
using Microsoft.EntityFrameworkCore;
using static Identity.Tests.Admin.Operating.OperatingStage;

namespace Identity.Tests.Admin.Operating;

/// <summary>Who may give what to whom, and what nobody may do for themselves.</summary>
public sealed class RoleTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_role_given_to_a_mailbox_waits_and_stands_in_the_list_as_a_sentence(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);

        var given = await GiveAsync(visitor, AdminRole.Auditor);

        Assert.Contains("Đã giao vai trò.", given.Text, StringComparison.Ordinal);
        Assert.Contains("moi@so.mau.example (chờ người này đăng nhập)", given.Text, StringComparison.Ordinal);
        Assert.Contains("Đọc và chứng minh những gì đã xảy ra", given.Text, StringComparison.Ordinal);
        Assert.Contains("do Nguyễn Thị Ẩn giao. Lý do: kiểm tra năm", given.Text, StringComparison.Ordinal);
        var stored = await admin.InDatabaseAsync(db => db.RoleAssignments.SingleAsync(r => r.Role == AdminRole.Auditor));
        Assert.Equal((AdminActor.NameOf(visitor.PersonId), (Guid?)null), (stored.GivenBy, stored.PersonId));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Two_administrators_who_end_each_other_at_the_same_moment_leave_one(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        using var one = await admin.NewVisitorAsync();
        using var two = await admin.NewVisitorAsync();
        for (var round = 0; round < 10; round++)
        {
            await admin.InDatabaseAsync(db => db.RoleAssignments.ExecuteDeleteAsync());
            await admin.GiveAsync(one.PersonId, AdminRole.Administrator);
            await admin.GiveAsync(two.PersonId, AdminRole.Administrator);
            var ids = await admin.InDatabaseAsync(db => db.RoleAssignments.Select(r => r.Id).ToListAsync());

            var ends = await Task.WhenAll(ids.Select(id => admin.WithAsync((RoleBook roles) => roles.EndAsync(id, "test", CancellationToken.None))));

            Assert.Equal([null, RoleRefusal.LastAdministrator], ends.Order());
            Assert.Equal(1, await admin.InDatabaseAsync(db => db.RoleAssignments.CountAsync(r => r.EndedAt == null)));
        }
    }

    [Theory, InlineData("Input.Reason", "", "Viết lý do."), InlineData("Input.Mail", "không phải thư", "Nhập thư điện tử công vụ"), InlineData("Input.Until", "2020-01-01", "Thời hạn không phù hợp"),
     InlineData("Input.Unit", "H99.07", "Quản trị cơ quan cần mã cơ quan"), InlineData("Input.Unit", "H12.99", "Không có cơ quan nào"), InlineData("Input.Role", "", "Chọn một vai trò.")]
    public async Task One_wrong_field_refuses_a_good_form_and_keeps_what_was_typed(string field, string value, string fault)
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        await admin.UnitAsync(Agency);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);

        var page = await GiveAsync(visitor, AdminRole.Auditor, (field, value));

        Assert.Contains(fault, page.Text, StringComparison.Ordinal);
        Assert.Contains(field == "Input.Mail" ? "không phải thư" : "moi@so.mau.example", page.Html, StringComparison.Ordinal);
        Assert.StartsWith("Lỗi:", page.Document.Title, StringComparison.Ordinal);
        Assert.Equal(1, await admin.InDatabaseAsync(db => db.RoleAssignments.CountAsync()));
    }

    [Fact]
    public async Task An_agency_administrator_gives_their_role_below_their_agency_and_no_other()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInForAsync(Agency);
        await admin.AddPostAsync(Division, "moi@so.mau.example");

        var below = await GiveAsync(visitor, AdminRole.AgencyAdministrator, ("Input.Unit", Division));
        var beside = await GiveAsync(visitor, AdminRole.AgencyAdministrator, ("Input.Unit", OtherAgency));
        var above = await GiveAsync(visitor, AdminRole.Administrator);

        Assert.Contains("Đã giao vai trò.", below.Text, StringComparison.Ordinal);
        foreach (var refused in (TestPage[])[beside, above]) Assert.Contains("trong phạm vi của mình", refused.Text, StringComparison.Ordinal);
        Assert.Equal(2, await admin.InDatabaseAsync(db => db.RoleAssignments.CountAsync()));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task M23_An_agency_gives_its_role_to_mailboxes_of_its_own_people_and_posts_only(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        using var visitor = await admin.SignInForAsync(Agency);
        var (elsewhere, here) = (await admin.Provider.CitizenAsync("096168000021", "1968-09-05"), await admin.Provider.CitizenAsync("096168000022", "1968-09-05"));
        await admin.AddPostAsync(Division, "cho@so.mau.example");
        await admin.AddPostAsync(OtherAgency, "ngoai@so.mau.example");
        // A post of one's own list claims a mailbox; whose it is, its sign-in has said.
        foreach (var (unit, mail) in new[] { (Division, "lanhdao@so.mau.example"), (OtherAgency, "lanhdao@so.mau.example"), (Division, "nhan@so.mau.example") }) await admin.AddPostAsync(unit, mail);
        await HoldAsync(admin, OtherAgency, "lanhdao@so.mau.example", elsewhere);
        await HoldAsync(admin, Division, "nhan@so.mau.example", here);

        foreach (var foreign in (string[])["la@so.mau.example", "ngoai@so.mau.example", "lanhdao@so.mau.example"])
            Assert.Contains("không phải của người hoặc vị trí trong cơ quan của bạn", (await GiveAsync(visitor, AdminRole.AgencyAdministrator, ("Input.Unit", Agency), ("Input.Mail", foreign))).Text, StringComparison.Ordinal);
        foreach (var own in (string[])["cho@so.mau.example", "nhan@so.mau.example"])
            Assert.Contains("Đã giao vai trò.", (await GiveAsync(visitor, AdminRole.AgencyAdministrator, ("Input.Unit", Agency), ("Input.Mail", own))).Text, StringComparison.Ordinal);

        Assert.Equal(3, await admin.InDatabaseAsync(db => db.RoleAssignments.CountAsync()));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task An_agency_administrator_neither_sees_nor_ends_a_role_of_another_agency_by_its_id(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        using var other = await admin.SignInForAsync(OtherAgency);
        using var visitor = await admin.SignInForAsync(Agency);
        var foreign = await admin.InDatabaseAsync(db => db.RoleAssignments.SingleAsync(r => r.PersonId == other.PersonId));

        var list = await visitor.OpenAsync("/roles");
        var answer = await visitor.SendAsync(list, "/roles?handler=end", ("id", foreign.Id.ToString()));

        Assert.Contains("Sở Nội vụ", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sở Khoa học", list.Text, StringComparison.Ordinal);
        Assert.Contains("không còn nữa", answer.Text, StringComparison.Ordinal);
        Assert.Null(await admin.InDatabaseAsync(db => db.RoleAssignments.Where(r => r.Id == foreign.Id).Select(r => r.EndedAt).SingleAsync()));
    }

    [Fact]
    public async Task A_role_that_is_ended_is_over_with_the_next_click()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var auditor = await admin.SignInAsync(AdminRole.Operator);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);
        Assert.Equal(HttpStatusCode.OK, (await auditor.OpenAsync("/connectors")).Status);
        var id = await admin.InDatabaseAsync(db => db.RoleAssignments.Where(r => r.PersonId == auditor.PersonId).Select(r => r.Id).SingleAsync());

        var answer = await visitor.SendAsync(await visitor.OpenAsync("/roles"), "/roles?handler=end", ("id", id.ToString()));

        Assert.Contains("Đã kết thúc vai trò.", answer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.OpenAsync("/connectors")).Status);
        Assert.Contains("Kết thúc", (await visitor.OpenAsync("/roles?ended=true")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_takes_up_what_they_gave()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);
        await GiveAsync(visitor, AdminRole.Auditor);

        await admin.WithAsync(async (RoleBook roles) =>
        {
            await roles.TakeUpAsync(visitor.PersonId, ["moi@so.mau.example"], CancellationToken.None);
            return 0;
        });

        Assert.Null(await admin.InDatabaseAsync(db => db.RoleAssignments.Where(r => r.Role == AdminRole.Auditor).Select(r => r.PersonId).SingleAsync()));
    }

    /// <summary>That post is this person's, who has signed in with its mailbox and is in office there.</summary>
    private static async Task HoldAsync(TestAdmin admin, string code, string mail, Guid person)
    {
        var unit = await admin.UnitAsync(code);
        await admin.InDatabaseAsync(db => db.StaffRecords.Where(r => r.StaffNumber == $"{code} {mail}").ExecuteUpdateAsync(set => set.SetProperty(r => r.PersonId, person).SetProperty(r => r.MailSubject, mail)));
        await admin.SaveAsync(db => db.Affiliations.Add(new() { PersonId = person, OrgUnitId = unit, Kind = AffiliationKind.Official, Source = "hr", ValidFrom = DateTimeOffset.UtcNow.AddDays(-1), CreatedAt = DateTimeOffset.UtcNow }));
    }

    internal static async Task<TestPage> GiveAsync(AdminVisitor visitor, AdminRole role, params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string> { ["Input.Role"] = role.ToString(), ["Input.Mail"] = "moi@so.mau.example", ["Input.Unit"] = "", ["Input.Until"] = "", ["Input.Reason"] = "kiểm tra năm" };
        foreach (var (name, value) in changes) fields[name] = value;
        return await visitor.SendAsync(await visitor.OpenAsync("/roles/give"), "/roles/give", [.. fields.Select(f => (f.Key, f.Value))]);
    }
}
