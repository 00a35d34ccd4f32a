using Identity.Domain.Administration;
using Identity.Domain.People;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin;

/// <summary>Who gets in at the administration host, and for how long.</summary>
public sealed class AdminSignInTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task An_administrator_signs_in_with_two_steps_and_sees_what_they_are_trusted_with(Engine engine)
    {
        await using var admin = await TestAdmin.StartAsync(engine);
        using var visitor = await admin.NewVisitorAsync();
        await admin.GiveAsync(visitor.PersonId, AdminRole.Administrator);

        var page = await visitor.OpenAsync("/");

        Assert.Equal(("Việc của tôi", new Uri(admin.Address + "/")), (page.Heading, page.Address));
        Assert.Contains("Bạn quản trị toàn bộ", page.Text, StringComparison.Ordinal);
        Assert.Equal(1, await admin.InDatabaseAsync(db => db.AuditEvents.CountAsync(a => a.Name == "admin.entered" && a.PersonId == visitor.PersonId)));
    }

    [Fact]
    public async Task A_session_that_ended_on_the_public_host_is_over_here_with_the_next_click()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Auditor);
        await admin.InDatabaseAsync(db => db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, DateTimeOffset.UtcNow)));

        var page = await visitor.Browser.GetAsync(admin.Address + "/");

        Assert.StartsWith(admin.Provider.Issuer, page.Address.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_was_suspended_is_out_with_the_next_click()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);
        await admin.InDatabaseAsync(db => db.People.Where(p => p.Id == visitor.PersonId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Status, PersonStatus.Suspended)));

        var page = await visitor.Browser.GetAsync(admin.Address + "/");

        Assert.StartsWith(admin.Provider.Issuer, page.Address.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idle_visit_signs_in_again()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow), builder => builder.Configuration["Admin:Idle"] = "00:10:00");
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);
        Assert.Equal(1, await EntriesAsync(admin));

        admin.Clock!.Advance(TimeSpan.FromMinutes(11));
        await visitor.OpenAsync("/");

        Assert.Equal(2, await EntriesAsync(admin));
    }

    [Fact]
    public async Task Signing_out_here_signs_out_everywhere()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);

        var asked = await visitor.SubmitAsync(await visitor.OpenAsync("/signout"), "/signout");
        await visitor.SubmitAsync(asked, asked.Address.AbsolutePath, ("scope", "all"));

        Assert.Equal(0, await admin.InDatabaseAsync(db => db.Sessions.CountAsync(s => s.PersonId == visitor.PersonId && s.EndedAt == null)));
    }

    [Theory, InlineData("https://evil.example/"), InlineData("//evil.example"), InlineData("/\\evil.example")]
    public async Task R10_the_way_back_stays_on_this_host(string address)
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.NewVisitorAsync();

        var page = await visitor.OpenAsync($"/signin?return={Uri.EscapeDataString(address)}");

        Assert.Equal(admin.Address + "/", page.Address.AbsoluteUri);
    }

    [Fact]
    public async Task A_role_waits_for_its_mailbox_and_for_nobody_who_writes_the_address_into_a_profile()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        await admin.WithAsync(async (RoleBook roles) => await roles.GiveAsync(new RoleGift(AdminRole.Administrator, "test") { Mail = "mai.pt@xa.mau.example" }, "test", CancellationToken.None));
        using var visitor = await admin.SignInAsync();

        Assert.Empty(await admin.InDatabaseAsync(db => db.RoleAssignments.Where(r => r.PersonId != null).ToListAsync()));
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var admin = await TestAdmin.StartAsync(Engine.Sqlite);
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);
        var id = await admin.InDatabaseAsync(db => db.RoleAssignments.Select(r => r.Id).SingleAsync());

        Assert.Equal(RoleRefusal.LastAdministrator, await admin.WithAsync(async (RoleBook roles) => await roles.EndAsync(id, "test", CancellationToken.None)));
        Assert.Null(await admin.InDatabaseAsync(db => db.RoleAssignments.Select(r => r.EndedAt).SingleAsync()));
    }

    private static Task<int> EntriesAsync(TestAdmin admin) => admin.InDatabaseAsync(db => db.AuditEvents.CountAsync(a => a.Name == "admin.entered"));
}
