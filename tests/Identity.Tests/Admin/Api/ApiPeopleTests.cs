using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Tests.Harness;
using Identity.Tests.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Admin.Api;

/// <summary>People by the management API: the desk of the screens, and no way around what it writes down.</summary>
public sealed class ApiPeopleTests
{
    private const string Number = "096168000001";
    private const string LookUps = $"{TestApi.Root}/people/look-ups";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_look_up_shows_masked_facts_is_written_down_and_opens_to_no_other_account(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var person = await api.Admin.Provider.CitizenAsync(Number, "1968-09-05");
        var (token, other) = (await api.NewAccountAsync("desk", AdminRole.HelpDesk), await api.NewAccountAsync("other-desk", AdminRole.HelpDesk));

        var found = await LookUpAsync(api, token);
        var id = found.Json["people"]![0]!["look_up_id"]!.GetValue<string>();
        var record = await api.GetAsync($"{LookUps}/{id}", token);

        Assert.Equal((200, "active"), (record.Status, record.Json["status"]!.GetValue<string>()));
        Assert.DoesNotContain(Number, found.Body + record.Body, StringComparison.Ordinal);
        Assert.DoesNotContain($"{person}", found.Body + record.Body, StringComparison.Ordinal);
        Assert.Equal(404, (await api.GetAsync($"{LookUps}/{id}", other)).Status);
        Assert.Equal(404, (await api.PostAsync($"{LookUps}/{id}/freezing", other, new { reason = "security_incident", case_number = "CV-1" })).Status);
        var rows = await api.Admin.InDatabaseAsync(db => db.AuditEvents.Where(e => e.PersonId == person && e.Name == DeskLedger.LookedUp).ToListAsync());
        Assert.Equal(("service:desk", nameof(LookUpReason.AskedForHelp)), Assert.Single(rows) is var row ? (row.Actor, row.Reason) : default);
        Assert.True(await api.Admin.InDatabaseAsync(db => db.Notices.AnyAsync(n => n.PersonId == person)));
    }

    [Fact]
    public async Task A_value_in_clear_is_a_row_of_its_own_and_is_never_kept_to_be_given_again()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var person = await api.Admin.Provider.CitizenAsync(Number, "1968-09-05");
        var token = await api.NewAccountAsync("desk", AdminRole.HelpDesk);
        var id = (await LookUpAsync(api, token)).Json["people"]![0]!["look_up_id"]!.GetValue<string>();

        Assert.Equal("bad-parameter", (await api.PostAsync($"{LookUps}/{id}/value", token, new { fact = "personal_number" }, ("Idempotency-Key", "k1"))).Problem);
        Assert.Equal(Number, (await api.PostAsync($"{LookUps}/{id}/value", token, new { fact = "personal_number" })).Json["value"]!.GetValue<string>());
        Assert.Equal(404, (await api.PostAsync($"{LookUps}/{id}/value", token, new { fact = "address" })).Status);

        Assert.Equal(1, await api.Admin.InDatabaseAsync(db => db.AuditEvents.CountAsync(e => e.PersonId == person && e.Name == "person.value_shown")));
        Assert.False(await api.Admin.InDatabaseAsync(db => db.RepeatedRequests.AnyAsync()));
    }

    [Fact]
    public async Task A_person_is_frozen_and_let_in_again_with_reason_and_case()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var person = await api.Admin.Provider.CitizenAsync(Number, "1968-09-05");
        var token = await api.NewAccountAsync("desk", AdminRole.HelpDesk);
        var id = (await LookUpAsync(api, token)).Json["people"]![0]!["look_up_id"]!.GetValue<string>();

        Assert.Equal("case_is_missing", (await api.PostAsync($"{LookUps}/{id}/freezing", token, new { reason = "security_incident", case_number = " " })).Json["refusal"]!.GetValue<string>());
        Assert.Equal("suspended", (await api.PostAsync($"{LookUps}/{id}/freezing", token, new { reason = "security_incident", case_number = "CV-1" })).Json["status"]!.GetValue<string>());
        Assert.Equal("is_so_already", (await api.PostAsync($"{LookUps}/{id}/freezing", token, new { reason = "security_incident", case_number = "CV-1" })).Json["refusal"]!.GetValue<string>());
        Assert.Equal("active", (await api.PostAsync($"{LookUps}/{id}/unfreezing", token, new { reason = "checks_done", case_number = "CV-1" })).Json["status"]!.GetValue<string>());

        var names = await api.Admin.InDatabaseAsync(db => db.AuditEvents.Where(e => e.PersonId == person && e.Actor == "service:desk" && e.Name.StartsWith("person.")).OrderBy(e => e.Sequence).Select(e => e.Name).ToListAsync());
        Assert.Equal([DeskLedger.LookedUp, PersonFreeze.Suspended, PersonFreeze.Resumed], names);
    }

    [Fact]
    public async Task An_account_of_an_agency_finds_nobody_who_is_not_in_office_there()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        await api.Admin.Provider.CitizenAsync(Number, "1968-09-05");
        var unit = await api.Admin.InDatabaseAsync(async db =>
        {
            var made = new Domain.Organisations.OrgUnit { Code = "H01.1", NameVi = "Sở Mẫu", NameEn = "Sample", ValidFrom = DateTimeOffset.UtcNow.AddYears(-1), NamedSince = DateTimeOffset.UtcNow.AddYears(-1) };
            db.OrgUnits.Add(made);
            await db.SaveChangesAsync();
            return made.Id;
        });
        var token = await api.NewAccountAsync("agency", AdminRole.AgencyAdministrator, unit);

        Assert.Equal(404, (await LookUpAsync(api, token)).Status);
    }

    /// <summary>No operation leads here; if one ever did, the domain would still say no.</summary>
    [Fact]
    public async Task A_machine_is_neither_of_the_two_people_that_a_recovery_and_a_conflict_need()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        await api.Admin.Provider.CitizenAsync(Number, "1968-09-05");
        var token = await api.NewAccountAsync("desk", AdminRole.HelpDesk);
        var id = Guid.Parse((await LookUpAsync(api, token)).Json["people"]![0]!["look_up_id"]!.GetValue<string>());
        var asked = await api.Admin.InDatabaseAsync(async db =>
        {
            var person = await db.People.Select(p => p.Id).FirstAsync();
            var aid = new Domain.Factors.RecoveryAid { PersonId = person, CaseNumber = "CV-1", RequestedBy = person, RequestedAt = DateTimeOffset.UtcNow, ExpiresAt = DateTimeOffset.UtcNow.AddHours(1) };
            db.RecoveryAids.Add(aid);
            await db.SaveChangesAsync();
            return aid.Id;
        });

        await api.Admin.WithAsync(async (IServiceProvider services) =>
        {
            var machine = await services.GetRequiredService<RoleBook>().ServiceActorAsync("desk", CancellationToken.None);
            var aids = services.GetRequiredService<RecoveryAids>();
            Assert.Equal(DeskRefusal.NeedsHuman, await aids.RequestAsync(machine, id, "CV-2", CancellationToken.None));
            Assert.Equal(DeskRefusal.NeedsHuman, await aids.DecideAsync(machine, asked, approve: true, CancellationToken.None));
            return 0;
        });
    }

    private static Task<ApiReply> LookUpAsync(TestApi api, string token) => api.PostAsync(LookUps, token, new { key = "personal_number", text = Number, reason = "asked_for_help" });
}
