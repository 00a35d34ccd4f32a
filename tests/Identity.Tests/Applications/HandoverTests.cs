using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Organisations;
using Identity.Tests.Admin;
using Identity.Tests.Admin.Operating;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Identity.Tests.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Applications;

/// <summary>People leave and units end; the application does not.</summary>
public sealed class HandoverTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow;

    [Theory]
    [InlineData(Engine.Sqlite, true), InlineData(Engine.Sqlite, false), InlineData(Engine.PostgreSql, true), InlineData(Engine.PostgreSql, false)]
    public async Task An_owner_who_leaves_the_directory_is_work_for_the_units_administrator_within_the_hour(Engine engine, bool isDisabled)
    {
        var clock = new FixedClock(Start);
        await using var admin = await TestAdmin.StartAsync(engine, clock);
        using var head = await admin.SignInForAsync(OperatingStage.Agency);
        var unit = await admin.UnitAsync(OperatingStage.Agency);
        await admin.Provider.ImportAsync(MailDoor.Connector("http://localhost:9"));
        var owner = await admin.Provider.CitizenAsync("999168000001", "1968-09-05");
        await admin.Provider.AcceptListAsync("CB-1,,an@mau.example,Nguyễn Thị Ẩn,H99.07,Chuyên viên,2025-07-01,,");
        var mailbox = Office.Mailbox("mail", "id-an", "an@mau.example");
        await admin.Provider.LinkAsync(owner, mailbox);
        await admin.Provider.ArriveAsync(owner, mailbox);
        var others = await admin.Provider.CitizenAsync("999090000002", "1990-01-31");
        foreach (var n in Enumerable.Range(1, 9)) await admin.Provider.LinkAsync(others, Office.Mailbox("mail", $"id-{n}", "khac@mau.example"));
        var application = NewApplication(unit);
        await admin.SaveAsync(db => { db.Applications.Add(application); db.ApplicationMembers.AddRange(Owner(application, owner), Owner(application, null)); });
        var before = await head.OpenAsync("/");

        var mailboxes = Enumerable.Range(1, 9).ToDictionary(n => $"id-{n}", _ => false);
        if (isDisabled) mailboxes.Add("id-an", true);
        for (var minutes = 0; minutes <= 55; minutes += 5)
        {
            clock.Advance(TimeSpan.FromMinutes(5));
            await admin.Provider.DoAsync<DirectoryReconciliation, DirectoryVerdict>(d => d.ReconcileAsync(["mail"], mailboxes, allowMany: false, default));
        }

        const string Told = "Hồ sơ đất đai của Sở Nội vụ chỉ còn một người phụ trách: cần bàn giao";
        Assert.DoesNotContain(Told, before.Text, StringComparison.Ordinal);
        Assert.Contains(Told, (await head.OpenAsync("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_other_owner_hears_of_it_and_a_role_does_not_keep_whom_the_post_has_lost()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite);
        using var owner = await office.OfficialAsync();
        using var second = await office.OfficialAsync(null, AdminRole.HelpDesk);
        await office.RegisterAsync(owner);
        await office.TakeUpAsync(second);
        var before = await owner.OpenAsync("/");

        await EndPostAsync(office, second.PersonId);

        Assert.DoesNotContain("không còn công tác", before.Text, StringComparison.Ordinal);
        Assert.Contains("Một người phụ trách Hồ sơ đất đai không còn công tác", (await owner.OpenAsync("/")).Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Owners_who_have_left_do_not_count_when_another_one_would_go(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        using var gone = await office.OfficialAsync();
        using var second = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        await office.TakeUpAsync(second);
        await office.Admin.InDatabaseAsync(db => { db.ApplicationMembers.Add(Owner(id, gone.PersonId)); return db.SaveChangesAsync(); });
        await EndPostAsync(office, gone.PersonId);
        var own = await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.Where(m => m.PersonId == owner.PersonId).Select(m => m.Id).SingleAsync());

        var page = await OwnersOffice.SendAsync(owner, await owner.OpenAsync($"/apps/{id}/team"), $"/apps/{id}/team?handler=Remove", [KeyValuePair.Create("member", $"{own}")]);

        Assert.Contains("ít nhất hai người phụ trách", page.Text, StringComparison.Ordinal);
        Assert.Equal(3, await office.Admin.InDatabaseAsync(db => db.ApplicationMembers.CountAsync(m => m.EndedAt == null)));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_merger_takes_the_applications_along(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        using var head = await office.HeadAsync(office.OtherAgency);

        Assert.Null(await office.Admin.WithAsync(async (OrgUnits units) => await units.MergeAsync([office.Agency], office.OtherAgency, DateTimeOffset.UtcNow, CancellationToken.None)));

        Assert.Equal(office.OtherAgency, (await office.FindAsync(id)).UnitId);
        Assert.Contains("Hồ sơ đất đai", (await head.OpenAsync("/apps?of=all")).Text, StringComparison.Ordinal);
        Assert.Contains("from H99.71 to H99.72", await office.Admin.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Name == "application.unit_changed").Select(a => a.Detail).SingleAsync()), StringComparison.Ordinal);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_unit_that_ends_without_a_successor_leaves_its_applications_to_the_unit_above(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine);
        var below = new OrgUnit { Code = "H99.71.01", NameVi = "Phòng", NameEn = "Division", Level = OrgUnitLevel.Attached, ParentId = office.Agency, ValidFrom = Start.AddYears(-1), NamedSince = Start.AddYears(-1) };
        var application = NewApplication(below.Id);
        await office.Admin.SaveAsync(db => { db.OrgUnits.Add(below); db.Applications.Add(application); });

        Assert.Null(await office.Admin.WithAsync(async (OrgUnits units) => await units.EndAsync(below.Id, DateTimeOffset.UtcNow, CancellationToken.None)));

        Assert.Equal(office.Agency, (await office.FindAsync(application.Id)).UnitId);
    }

    private static Task<int> EndPostAsync(OwnersOffice office, Guid person) =>
        office.Admin.InDatabaseAsync(db => db.Affiliations.Where(a => a.PersonId == person).ExecuteUpdateAsync(set => set.SetProperty(a => a.EndedAt, DateTimeOffset.UtcNow)));

    private static Application NewApplication(Guid unit) => new() { UnitId = unit, NameVi = "Hồ sơ đất đai", NameEn = "Land dossiers", SandboxClientId = "sandbox-land", CreatedAt = Start, CreatedBy = "test" };

    private static ApplicationMember Owner(Application application, Guid? person) => Owner(application.Id, person);

    private static ApplicationMember Owner(Guid application, Guid? person) => new() { ApplicationId = application, Role = MemberRole.Owner, PersonId = person, AddedAt = Start, AddedBy = "test" };
}
