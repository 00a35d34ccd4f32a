using System.Text.Json.Nodes;
using Identity.Domain.Administration;
using Identity.Domain.Clients;
using Identity.Tests.Admin.Api;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Admin;

/// <summary>What the province decides about sign-ins and records: by two people where it is risky, told in sentences, in force without a restart.</summary>
public sealed class PolicyTests
{
    private const string Sessions = $"{TestApi.Root}/configuration/items/policy/sessions";
    private const string Retention = $"{TestApi.Root}/configuration/items/policy/retention";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task What_two_people_decide_about_sign_ins_holds_on_a_running_node(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(engine, clock, configureProvider: Hurried);
        using var proposer = await admin.SignInAsync(AdminRole.Administrator);
        using var reviewer = await admin.SignInAsync(AdminRole.Reviewer);
        using var citizen = admin.Provider.NewBrowser();
        var portal = TestRelyingParty.Of(admin.Provider);
        await portal.CodeAsync(citizen);

        var form = await proposer.OpenAsync("/configuration/edit?kind=policy");
        (string, string)[] typed = [("Input.Name", "sessions"), ("Input.Document", """{ "name": "sessions", "idle_minutes": 20 }"""), ("Input.Reason", "quyết định mẫu")];
        var refused = await proposer.SubmitAsync(form, "/configuration/edit", [.. typed, ("Input.Act", "save")]);
        Assert.Contains("cần người thứ hai", refused.Text, StringComparison.Ordinal);
        var proposed = await proposer.SubmitAsync(refused, "/configuration/edit", [.. typed, ("Input.Act", "propose")]);
        Assert.Null(Idle(admin));
        await reviewer.SubmitAsync(await reviewer.OpenAsync(proposed.Address.PathAndQuery), "/configuration/proposal", ("Input.Act", "approve"));
        await Eventually.IsTrueAsync(() => Idle(admin) == TimeSpan.FromMinutes(20), "the public host has read the policy");

        Assert.Contains("Phiên đăng nhập kết thúc sau 20 phút không dùng.", (await reviewer.OpenAsync("/configuration?kind=policy")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await admin.InDatabaseAsync(db => db.AuditEvents.CountAsync(a => a.Name == "policy.changed" && a.Detail!.StartsWith("sessions version 1 proposed by"))));
        Assert.True((await portal.AuthorizeAsync(citizen, ("prompt", "none"))).Answer.ContainsKey("code"));
        clock.Advance(TimeSpan.FromMinutes(25));
        Assert.Equal("login_required", (await portal.AuthorizeAsync(citizen, ("prompt", "none"))).Answer["error"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task The_api_takes_what_is_harmless_from_one_and_says_where_a_value_is_wrong(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var token = await api.NewAccountAsync("machine", AdminRole.Administrator);
        Task<ApiReply> Put(string path, string document, (string, string) version) => api.SendAsync(HttpMethod.Put, path, token, new JsonObject { ["reason"] = "kiểm thử", ["document"] = JsonNode.Parse(document) }, version);

        var bad = await Put(Retention, """{ "name": "retention", "audit_days": 30, "mail_day": 8 }""", ("If-None-Match", "*"));
        Assert.Equal(422, bad.Status);
        Assert.Equal(["audit_days", "mail_day"], bad.Json["errors"]!.AsArray().Select(e => e!["path"]!.GetValue<string>()).Order());
        Assert.Equal(409, (await Put(Retention, """{ "name": "retention", "audit_days": 3653 }""", ("If-None-Match", "*"))).Status);
        Assert.Equal(422, (await Put($"{TestApi.Root}/configuration/items/policy/session", """{ "name": "session" }""", ("If-None-Match", "*"))).Status);
        Assert.Equal(422, (await Put(Sessions, """{ "name": "sessions", "idle_minutes": 60, "absolute_minutes": 30 }""", ("If-None-Match", "*"))).Status);

        var made = await Put(Retention, """{ "name": "retention", "mail_days": 90 }""", ("If-None-Match", "*"));
        Assert.Equal((201, "\"v1\""), (made.Status, made.ETag));
        Assert.Equal(200, (await Put(Retention, """{ "name": "retention", "mail_days": 60 }""", ("If-Match", "\"v1\""))).Status);
        var back = await api.PostAsync($"{Retention}/rollback", token, new JsonObject { ["to"] = 1 }, ("If-Match", "\"v2\""));
        Assert.Equal((200, 90), (back.Status, back.Json["document"]!["mail_days"]!.GetValue<int>()));
        Assert.Equal("mail_days", (await api.GetAsync($"{Retention}/versions", token)).Json["versions"]![0]!["changes"]![0]!["path"]!.GetValue<string>());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_file_carries_policies_and_one_without_them_leaves_them_alone(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var token = await api.NewAccountAsync("machine", AdminRole.Administrator);
        await api.Admin.Provider.ImportAsync("""{ "policies": [{ "name": "review", "working_days": 5, "holidays": ["2027-02-08"], "invitation_days": 3 }, { "name": "reminders", "expiry_days": [45, 14] }] }""");
        var file = (await api.GetAsync($"{TestApi.Root}/configuration/export", token)).Json;
        Task<ApiReply> Import() => api.PostAsync($"{TestApi.Root}/configuration/import", token, new JsonObject { ["reason"] = "kiểm thử", ["document"] = file.DeepClone() });

        Assert.Equal(["reminders", "review"], file["policies"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()));
        Assert.Equal((200, 0), ((await Import()).Status, (await Import()).Json["changes"]!.GetValue<int>()));
        file.Remove("policies");
        Assert.Equal(0, (await Import()).Json["changes"]!.GetValue<int>());
        Assert.Equal(5, (await api.GetAsync($"{TestApi.Root}/configuration/items/policy/review", token)).Json["document"]!["working_days"]!.GetValue<int>());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Who_would_let_the_trail_forget_is_told_how_much_and_the_trail_says_how_long_it_is_kept(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var admin = await TestAdmin.StartAsync(engine, clock, configureProvider: Hurried);
        await Eventually.IsTrueAsync(() => admin.InDatabaseAsync(db => db.AuditSeals.AnyAsync()), "a block is sealed");
        clock.Advance(TimeSpan.FromDays(400));
        await admin.Provider.ImportAsync("""{ "policies": [{ "name": "retention", "audit_days": 3653 }] }""");
        await admin.RereadAsync();
        using var visitor = await admin.SignInAsync(AdminRole.Administrator);

        var page = await visitor.SubmitAsync(await visitor.OpenAsync("/configuration/edit?kind=policy&name=retention"), "/configuration/edit",
            ("Input.Document", """{ "name": "retention", "audit_days": 366 }"""), ("Input.Act", "check"));

        Assert.Matches("""[\d.]+ dòng nhật ký cũ hơn .+ sẽ bị xóa, không lấy lại được""", page.Text);
        Assert.NotNull(page.Document.QuerySelector("button[value=propose]"));
        Assert.Contains("Nhật ký được giữ 10 năm.", (await visitor.OpenAsync("/audit")).Text, StringComparison.Ordinal);
    }

    private static TimeSpan? Idle(TestAdmin admin) => admin.Provider.Services.GetRequiredService<ClientRegistry>().Policies.Sessions.Idle;

    private static void Hurried(WebApplicationBuilder node) => node.Configuration.AddInMemoryCollection([new("Node:PollInterval", "00:00:01"), new("Audit:SealInterval", "00:00:01")]);
}
