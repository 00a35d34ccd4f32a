using System.Text.Json.Nodes;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Api;

/// <summary>What owners do on the screens, done by a service account that they let into the team.</summary>
public sealed class ApiOwnerTests
{
    private const string Applications = $"{TestApi.Root}/applications";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public Task From_registration_to_production_with_one_human_review(Engine engine) => ApiStage.OnAsync(engine, async stage =>
    {
        var started = (await stage.Api.PostAsync(Applications, stage.Administrator, await OwnedApplications.BodyAsync(stage, "machine"))).Json;
        var id = OwnedApplications.IdOf(started);
        await OwnedApplications.OwnerComesAsync(stage, id);
        await OwnedApplications.OwnerComesAsync(stage, id);
        await stage.Api.PostAsync($"{Applications}/{id}/production/requests", stage.Administrator, OwnedApplications.Wish());
        var waiting = (await stage.Api.GetAsync($"{Applications}/{id}/production", stage.Administrator)).Json;
        var read = await OwnedApplications.ReadAsync(stage, id);
        Assert.Equal("state-refuses", (await stage.Api.PostAsync($"{Applications}/{id}/production/live", stage.Administrator, read)).Problem);
        await OwnedApplications.ApproveAsync(stage, id);
        Assert.Equal("is_not_what_was_read", (await stage.Api.PostAsync($"{Applications}/{id}/production/live", stage.Administrator, new { request = Guid.NewGuid(), digest = read["digest"]!.GetValue<string>() })).Json["refusal"]!.GetValue<string>());

        var live = await stage.Api.PostAsync($"{Applications}/{id}/production/live", stage.Administrator, read);

        Assert.Equal(("open", "service:administrator"), (waiting["state"]!.GetValue<string>(), waiting["requested_by"]!.GetValue<string>()));
        Assert.Contains(waiting["production"]!["changes"]!.AsArray(), line => line!["text"]!.GetValue<string>().Contains("sandbox", StringComparison.Ordinal));
        var production = await StoredAsync(stage, live.Json["client_id"]!.GetValue<string>());
        Assert.Equal((200, ClientEnvironment.Production), (live.Status, production.Environment));
        Assert.Equal(ClientSecret.DigestOf(live.Json["secret"]!.GetValue<string>()), Assert.Single(production.Secrets).Sha256);
        Assert.NotEqual(started["secret"]!.GetValue<string>(), live.Json["secret"]!.GetValue<string>());
        Assert.Equal([("application.started", "service:administrator"), ("application.production_requested", "service:administrator"), ("application.live", "service:administrator")],
            (await stage.Api.Admin.InDatabaseAsync(db => db.AuditEvents.OrderBy(a => a.Sequence).Where(a => a.Name == "application.started" || a.Name == "application.production_requested" || a.Name == "application.live")
                .Select(a => new { a.Name, a.Actor, a.PersonId }).ToListAsync())).Where(a => a.PersonId == null).Select(a => (a.Name, a.Actor!)));
    });

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public Task What_is_given_once_is_kept_nowhere(Engine engine) => ApiStage.OnAsync(engine, async stage =>
    {
        var started = await OwnedApplications.StartAsync(stage);
        var credentials = $"{Applications}/{OwnedApplications.IdOf(started)}/credentials/sandbox";
        var added = await stage.Api.SendAsync(HttpMethod.Post, $"{credentials}/secrets", stage.Administrator, null, ("If-Match", "\"v1\""));
        var made = await stage.Api.SendAsync(HttpMethod.Post, $"{credentials}/keys", stage.Administrator, null, ("If-Match", added.ETag!));

        Assert.All(await RefusedKeysAsync(), problem => Assert.Equal("bad-parameter", problem));
        var (values, kept) = ((string[])[Secret(started), Secret(added.Json), made.Json["private_key"]!["d"]!.GetValue<string>()], await stage.Api.Admin.InDatabaseAsync(db => db.RepeatedRequests.CountAsync(r => r.Answer != null)));
        var documents = await stage.Api.Admin.InDatabaseAsync(db => db.ConfigurationVersions.Select(v => v.Document).ToListAsync());
        Assert.All(values, value => Assert.DoesNotContain(documents, d => d?.Contains(value, StringComparison.Ordinal) == true));
        Assert.Equal(0, kept);

        async Task<string?[]> RefusedKeysAsync()
        {
            var key = ("Idempotency-Key", "one");
            var body = await OwnedApplications.BodyAsync(stage);
            return
            [
                (await stage.Api.PostAsync(Applications, stage.Administrator, body, key)).Problem,
                (await stage.Api.SendAsync(HttpMethod.Post, $"{credentials}/secrets", stage.Administrator, null, ("If-Match", "\"v3\""), key)).Problem,
                (await stage.Api.SendAsync(HttpMethod.Post, $"{credentials}/keys", stage.Administrator, null, ("If-Match", "\"v3\""), key)).Problem,
                (await stage.Api.SendAsync(HttpMethod.Post, $"{credentials[..credentials.IndexOf("/credentials", StringComparison.Ordinal)]}/production/live", stage.Administrator, new { request = Guid.NewGuid(), digest = "" }, key)).Problem,
            ];
        }
    });

    [Fact]
    public Task M1_scope_role_and_membership_are_all_needed() => ApiStage.OnAsync(Engine.Sqlite, async stage =>
    {
        var unit = await stage.UnitAsync();
        var id = OwnedApplications.IdOf(await OwnedApplications.StartAsync(stage));
        var (stranger, reader, elsewhere) = (await stage.Api.NewAccountAsync("stranger", AdminRole.AgencyAdministrator, unit), await stage.Api.NewAccountAsync("agency", AdminRole.AgencyAdministrator, unit, "admin.applications"),
            await stage.Api.NewAccountAsync("other-agency", AdminRole.AgencyAdministrator, await stage.NewUnitAsync("H02.9")));
        Task<ApiReply> Change(string token) => stage.Api.SendAsync(HttpMethod.Put, $"{Applications}/{id}/sandbox/use", token, new { capacities = (string[])["citizen"] }, ("If-Match", "\"v1\""));

        Assert.Equal((403, "not-allowed", "not_allowed"), await Change(stranger) is var strange ? (strange.Status, strange.Problem, strange.Json["refusal"]!.GetValue<string>()) : default);
        Assert.Equal((403, "scope-missing"), await Change(reader) is var read ? (read.Status, read.Problem) : default);
        Assert.Equal((404, "not-found"), await Change(elsewhere) is var other ? (other.Status, other.Problem) : default);
        Assert.Equal(200, (await stage.Api.GetAsync($"{Applications}/{id}/sandbox", stranger)).Status);
        Assert.Single((await stage.Api.GetAsync($"{Applications}?own=true", stage.Administrator)).Json["applications"]!.AsArray());
        Assert.Empty((await stage.Api.GetAsync($"{Applications}?own=true", stranger)).Json["applications"]!.AsArray());
        await stage.Api.Admin.InDatabaseAsync(db => db.ApplicationMembers.Where(m => m.ServiceAccount == "administrator").ExecuteUpdateAsync(set => set.SetProperty(m => m.EndedAt, DateTimeOffset.UtcNow)));
        Assert.Equal(403, (await Change(stage.Administrator)).Status);
    });

    [Fact]
    public Task A_machine_registers_within_its_reach_and_names_two_people() => ApiStage.OnAsync(Engine.Sqlite, async stage =>
    {
        var token = await stage.AgencyAsync();
        async Task<string?> Refusal(Action<JsonObject> change)
        {
            var body = await OwnedApplications.BodyAsync(stage);
            change(body);
            return (await stage.Api.PostAsync(Applications, token, body)).Json["refusal"]?.GetValue<string>();
        }
        var other = await stage.NewUnitAsync("H02.9");

        Assert.Equal("unit_is_not_yours", await Refusal(body => body["unit_id"] = $"{other}"));
        Assert.Equal("first_owner_is_missing", await Refusal(body => body["first_owner"] = ""));
        Assert.Equal("second_owner_is_you", await Refusal(body => body["second_owner"] = body["first_owner"]!.GetValue<string>().ToUpperInvariant()));
        Assert.Equal("mail_is_wrong", await Refusal(body => body["first_owner"] = "no address"));
        Assert.Null(await Refusal(_ => { }));
        var made = await stage.Api.Admin.InDatabaseAsync(db => db.ApplicationMembers.OrderBy(m => m.Id).Select(m => new { m.ServiceAccount, Waits = m.MailDigest != null, m.PersonId }).ToListAsync());
        Assert.Equal([("agency", false), (null, true), (null, true)], made.Select(m => (m.ServiceAccount, m.Waits)));
        Assert.All(made, m => Assert.Null(m.PersonId));
    });

    [Fact]
    public Task Nobody_asks_for_production_before_two_owners_have_come_and_no_machine_reviews() => ApiStage.OnAsync(Engine.Sqlite, async stage =>
    {
        var id = OwnedApplications.IdOf(await OwnedApplications.StartAsync(stage, "machine"));
        Task<ApiReply> Ask() => stage.Api.PostAsync($"{Applications}/{id}/production/requests", stage.Administrator, OwnedApplications.Wish());

        await OwnedApplications.OwnerComesAsync(stage, id);
        Assert.Equal("checklist_is_open", (await Ask()).Json["refusal"]!.GetValue<string>());
        await OwnedApplications.OwnerComesAsync(stage, id);
        Assert.Equal(204, (await Ask()).Status);

        var read = OwnedApplications.Of(await OwnedApplications.ReadAsync(stage, id));
        var judge = await stage.Api.Admin.WithAsync((RoleBook roles) => roles.ServiceActorAsync("administrator", CancellationToken.None));
        var strange = await stage.Api.Admin.WithAsync(async (RoleBook roles) => await roles.ServiceActorAsync(await NewJudgeAsync(stage), CancellationToken.None));
        Assert.Equal(new ApplicationOutcome.Refused(ApplicationRefusal.OwnRequest), await stage.Api.Admin.WithAsync((ReviewDesk desk) => desk.ApproveAsync(judge, id, read, CancellationToken.None)));
        Assert.Equal(new ApplicationOutcome.Refused(ApplicationRefusal.NotAllowed), await stage.Api.Admin.WithAsync((ReviewDesk desk) => desk.ApproveAsync(strange, id, read, CancellationToken.None)));
        Assert.Equal(new ApplicationOutcome.Refused(ApplicationRefusal.NotAllowed), await stage.Api.Admin.WithAsync((TeamAccounts accounts) => accounts.AddAsync(judge, id, MemberRole.Owner, "judge", CancellationToken.None)));
    });

    [Fact]
    public Task Who_was_overtaken_learns_which_version_stands() => ApiStage.OnAsync(Engine.Sqlite, async stage =>
    {
        var id = OwnedApplications.IdOf(await OwnedApplications.StartAsync(stage));
        var before = await stage.Api.GetAsync($"{Applications}/{id}/sandbox", stage.Administrator);
        var section = before.Json["sign_in"]!.DeepClone();
        section["minimum_level"] = 2;

        var changed = await stage.Api.SendAsync(HttpMethod.Put, $"{Applications}/{id}/sandbox/sign-in", stage.Administrator, section, ("If-Match", before.ETag!));
        var late = await stage.Api.SendAsync(HttpMethod.Put, $"{Applications}/{id}/sandbox/sign-in", stage.Administrator, before.Json["sign_in"]!, ("If-Match", before.ETag!));
        var again = await stage.Api.SendAsync(HttpMethod.Put, $"{Applications}/{id}/sandbox/sign-in", stage.Administrator, section, ("If-Match", changed.ETag!));

        Assert.Equal((200, "\"v2\"", 2), (changed.Status, changed.ETag, changed.Json["sign_in"]!["minimum_level"]!.GetValue<int>()));
        Assert.Equal((412, 2), (late.Status, late.Json["current_version"]!.GetValue<int>()));
        Assert.Equal((200, "\"v2\""), (again.Status, again.ETag));
    });

    private static string Secret(JsonObject answer) => answer["secret"]!.GetValue<string>();

    private static async Task<string> NewJudgeAsync(ApiStage stage)
    {
        await stage.Api.NewAccountAsync("judge", AdminRole.Reviewer);
        return "judge";
    }

    private static async Task<Client> StoredAsync(ApiStage stage, string clientId) =>
        (await stage.Api.Admin.WithAsync((ClientDocuments documents) => documents.FindAsync(clientId, CancellationToken.None)))!.Client;
}
