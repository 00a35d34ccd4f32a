using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Identity.Admin.Api;
using Identity.Domain.Administration;
using Identity.Tests.Admin.Operating;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Api;

/// <summary>Roles by the management API: the office of the screens, with another caller.</summary>
public sealed class ApiRoleTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_role_is_given_listed_and_ended_and_the_trail_names_the_machine(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var token = await api.NewAccountAsync("machine", AdminRole.Administrator);

        var given = await api.PostAsync($"{TestApi.Root}/roles", token, new { role = "help_desk", mail = "lan@anbinh.example", reason = "ticket 4711" });
        var id = given.Json["id"]!.GetValue<string>();

        Assert.Equal((201, $"{TestApi.Root}/roles/{id}"), (given.Status, given.Headers["Location"]));
        var shown = await api.GetAsync(given.Headers["Location"], token);
        Assert.Equal(("lan@anbinh.example", "service:machine"), (shown.Json["mail"]!.GetValue<string>(), shown.Json["given_by"]!.GetValue<string>()));
        Assert.Equal([id], Ids(await api.GetAsync($"{TestApi.Root}/roles?role=help_desk", token)));
        Assert.Equal(204, (await api.PostAsync($"{TestApi.Root}/roles/{id}/ending", token, "", ("Idempotency-Key", "end-1"))).Status);
        Assert.Equal(204, (await api.PostAsync($"{TestApi.Root}/roles/{id}/ending", token, "", ("Idempotency-Key", "end-1"))).Status);
        Assert.Equal(404, (await api.PostAsync($"{TestApi.Root}/roles/{id}/ending", token, "")).Status);
        Assert.Empty(Ids(await api.GetAsync($"{TestApi.Root}/roles?role=help_desk", token)));
        Assert.Equal([id], Ids(await api.GetAsync($"{TestApi.Root}/roles?role=help_desk&ended=true", token)));
        var trail = await api.Admin.InDatabaseAsync(db => db.AuditEvents.Where(e => e.Actor == "service:machine").OrderBy(e => e.Sequence).Select(e => e.Name).ToListAsync());
        Assert.Equal(["role.given", "role.ended"], trail);
    }

    [Fact]
    public async Task A_machine_may_propose_an_administrator_and_people_decide()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var token = await api.NewAccountAsync("machine", AdminRole.Administrator);

        var given = await api.PostAsync($"{TestApi.Root}/roles", token, new { role = "administrator", mail = "lan@anbinh.example", reason = "ticket 4712" });

        Assert.Equal((201, true), (given.Status, given.Json["waits"]!.GetValue<bool>()));
        Assert.True((await api.GetAsync(given.Headers["Location"], token)).Json["waits"]!.GetValue<bool>());
        Assert.DoesNotContain(given.Json["id"]!.GetValue<string>(), Ids(await api.GetAsync($"{TestApi.Root}/roles?role=administrator", token)));
        Assert.Equal(204, (await api.PostAsync($"{TestApi.Root}/roles/{given.Json["id"]}/ending", token, "")).Status);
    }

    [Fact]
    public async Task M2_a_machine_of_one_agency_gives_nothing_of_the_province_or_of_another_agency()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var (own, other) = (await NewUnitAsync(api, "H01.1"), await NewUnitAsync(api, "H01.2"));
        var token = await api.NewAccountAsync("machine", AdminRole.AgencyAdministrator, own);

        async Task<ApiReply> GiveAsync(string role, Guid? unit) => await api.PostAsync($"{TestApi.Root}/roles", token, new JsonObject { ["role"] = role, ["mail"] = "lan@anbinh.example", ["reason"] = "x", ["unit_id"] = unit?.ToString() is { } id ? id : null });

        Assert.Equal((422, "rule-broken", "mail_is_not_of_the_agency"), Why(await GiveAsync("agency_administrator", own)));
        await api.Admin.AddPostAsync("H01.1", "lan@anbinh.example");
        Assert.Equal(201, (await GiveAsync("agency_administrator", own)).Status);
        Assert.Equal((403, "not-allowed", "not_yours"), Why(await GiveAsync("agency_administrator", other)));
        Assert.Equal((403, "not-allowed", "not_yours"), Why(await GiveAsync("administrator", null)));
        Assert.Equal((422, "rule-broken", "agency_does_not_fit"), Why(await GiveAsync("administrator", own)));
    }

    [Theory, InlineData("lan\0@anbinh.example", "x"), InlineData("lan@anbinh.example", "x\0y")]
    public async Task A_text_that_no_database_keeps_is_refused_before_anybody_reads_it(string mail, string reason)
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var token = await api.NewAccountAsync("machine", AdminRole.Administrator);

        Assert.Equal("malformed-body", (await api.PostAsync($"{TestApi.Root}/roles", token, new { role = "help_desk", mail, reason })).Problem);
        Assert.Equal("bad-parameter", (await api.GetAsync($"{TestApi.Root}/roles?role=%00", token)).Problem);
    }

    [Fact]
    public void The_development_seed_offers_every_scope_of_the_api()
    {
        var seed = JsonNode.Parse(File.ReadAllText(Path.Combine(Root(), "identity-server/Identity.Server/Seed/development.json")))!;
        var resource = seed["resources"]!.AsArray().Single(r => r!["name"]!.GetValue<string>() == new ApiOptions().Audience)!;

        Assert.Equal(ApiScopes.All.Order(), resource["scopes"]!.AsArray().Select(s => s!.GetValue<string>()).Order());
        Assert.Subset(seed["scopes"]!.AsArray().Where(s => s!["approval_required"]?.GetValue<bool>() == true).Select(s => s!["name"]!.GetValue<string>()).ToHashSet(), ApiScopes.All.ToHashSet());
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", ".."));

    private static IEnumerable<string> Ids(ApiReply reply) => reply.Json["roles"]!.AsArray().Select(r => r!["id"]!.GetValue<string>());

    private static (int, string?, string?) Why(ApiReply reply) => (reply.Status, reply.Problem, reply.Json["refusal"]?.GetValue<string>());

    private static Task<Guid> NewUnitAsync(TestApi api, string code) => api.Admin.InDatabaseAsync(async db =>
    {
        var unit = new Domain.Organisations.OrgUnit { Code = code, NameVi = code, NameEn = code, ValidFrom = DateTimeOffset.UtcNow.AddYears(-1), NamedSince = DateTimeOffset.UtcNow.AddYears(-1) };
        db.OrgUnits.Add(unit);
        await db.SaveChangesAsync();
        return unit.Id;
    });
}
