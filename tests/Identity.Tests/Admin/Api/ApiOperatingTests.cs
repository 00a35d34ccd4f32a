using Identity.Domain.Administration;
using Identity.Domain.Keys;
using Identity.Tests.Admin.Operating;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Api;

/// <summary>Announcements, connectors, keys and statistics by the management API.</summary>
public sealed class ApiOperatingTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task An_announcement_is_written_changed_by_whoever_saw_it_last_and_ended(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var token = await api.NewAccountAsync("operator", AdminRole.Operator);
        object Words(string vi) => new { text = new { vi, en = "Maintenance" }, starts_at = DateTimeOffset.UtcNow, ends_at = DateTimeOffset.UtcNow.AddHours(2), connector = "vnconnect" };

        var added = await api.PostAsync($"{TestApi.Root}/announcements", token, Words("Bảo  trì\u202e"));
        var address = added.Headers["Location"];
        Assert.Equal((201, "Bảo trì", "\"v1\""), (added.Status, added.Json["text"]!["vi"]!.GetValue<string>(), added.ETag));
        Assert.Equal((200, "\"v2\""), await api.SendAsync(HttpMethod.Put, address, token, System.Text.Json.JsonSerializer.Serialize(Words("Xong")), ("If-Match", "\"v1\"")) is var changed ? (changed.Status, changed.ETag) : default);
        Assert.Equal("stale-version", (await api.SendAsync(HttpMethod.Put, address, token, System.Text.Json.JsonSerializer.Serialize(Words("Trễ")), ("If-Match", "\"v1\""))).Problem);
        Assert.Equal(200, (await api.PostAsync($"{address}/ending", token, "")).Status);
        Assert.Equal(404, (await api.PostAsync($"{address}/ending", token, "")).Status);

        var trail = await api.Admin.InDatabaseAsync(db => db.AuditEvents.Where(e => e.Actor == "service:operator").OrderBy(e => e.Sequence).Select(e => e.Name).ToListAsync());
        Assert.Equal(["announcement.made", "announcement.changed", "announcement.ended"], trail);
    }

    [Fact]
    public async Task A_connector_is_switched_off_and_on_by_its_version()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var token = await api.NewAccountAsync("operator", AdminRole.Operator);
        const string address = $"{TestApi.Root}/connectors/vnconnect";
        var before = (await api.GetAsync(address, token)).ETag!;

        var off = await api.PostAsync($"{address}/switch", token, new { enabled = false, reason = "ticket 4711" }, ("If-Match", before));

        Assert.Equal((200, "off"), (off.Status, off.Json["state"]!.GetValue<string>()));
        Assert.Equal("stale-version", (await api.PostAsync($"{address}/switch", token, new { enabled = true, reason = "x" }, ("If-Match", before))).Problem);
        Assert.True((await api.PostAsync($"{address}/switch", token, new { enabled = true, reason = "x" }, ("If-Match", off.ETag!))).Json["enabled"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_key_is_rotated_once_and_withdrawn_by_no_machine()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var token = await api.NewAccountAsync("operator", AdminRole.Operator);
        var newest = (await api.GetAsync($"{TestApi.Root}/keys", token)).Json["keys"]!.AsArray().First(k => k!["algorithm"]!.GetValue<string>() == "ES256")!["key_id"]!.GetValue<string>();
        var order = new { algorithm = "ES256", after_hours = 24, reason = "ticket 4711", newest_key_id = newest };

        Assert.Contains((await api.PostAsync($"{TestApi.Root}/keys/rotation", token, order)).Json["keys"]!.AsArray(), k => k!["state"]!.GetValue<string>() == "next");
        Assert.Equal("changed_meanwhile", (await api.PostAsync($"{TestApi.Root}/keys/rotation", token, order)).Json["refusal"]!.GetValue<string>());

        var machine = await api.Admin.WithAsync((RoleBook roles) => roles.ServiceActorAsync("operator", CancellationToken.None));
        Assert.Equal(KeyRefusal.NeedsHuman, await api.Admin.WithAsync((KeyOffice office) => office.AskWithdrawalAsync(machine, "ES256", "x", CancellationToken.None)));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Statistics_are_the_reach_of_the_account_and_tell_few_as_fewer_than_ten(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var hour = new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date, TimeSpan.Zero).AddHours(-1);
        await api.Admin.SaveAsync(db =>
        {
            db.StatisticHours.Add(new() { Hour = hour, Name = "session.started", Connector = "vnconnect", ClientId = "portal", Reason = "pwd", Amount = 3 });
            db.StatisticHours.Add(new() { Hour = hour, Name = "session.started", Connector = "vnconnect", ClientId = "portal", Reason = "pwd+otp", Amount = 30 });
        });
        var (province, agency) = (await api.NewAccountAsync("province", AdminRole.Operator), await api.NewAccountAsync("agency", AdminRole.AgencyAdministrator, await api.Admin.UnitAsync(OperatingStage.Agency)));
        var address = $"{TestApi.Root}/statistics/hours?from={Uri.EscapeDataString(hour.AddHours(-1).UtcDateTime.ToString("O"))}&to={Uri.EscapeDataString(hour.AddHours(1).UtcDateTime.ToString("O"))}";

        var rows = (await api.GetAsync(address, province)).Json["rows"]!.AsArray();

        Assert.Equal([(null, 10L), (30L, null)], rows.Select(r => (r!["count"]?.GetValue<long>(), r["below"]?.GetValue<long>())));
        Assert.Empty((await api.GetAsync(address, agency)).Json["rows"]!.AsArray());
        Assert.Equal("bad-parameter", (await api.GetAsync($"{TestApi.Root}/statistics/hours?from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z", province)).Problem);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task The_figures_of_the_charts_are_those_of_the_page_and_tell_few_as_few(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var hour = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 3600 * 3600);
        await api.Admin.SaveAsync(db => db.StatisticHours.AddRange(
            new() { Hour = hour, Name = "session.started", Connector = "vnconnect", ClientId = "rp", Reason = "pwd", Amount = 40 },
            new() { Hour = hour, Name = "code.issued", Connector = "vnconnect", ClientId = "rp", Reason = "", Amount = 38 },
            new() { Hour = hour, Name = "signin.failed", Connector = "vnconnect", ClientId = "rp", Reason = "upstream_unreachable", Amount = 3 }));
        var (province, agency) = (await api.NewAccountAsync("province", AdminRole.Operator), await api.NewAccountAsync("agency", AdminRole.AgencyAdministrator, await api.Admin.UnitAsync(OperatingStage.Agency)));
        async Task<System.Text.Json.Nodes.JsonObject> OfAsync(string what, string? token = null, string more = "") => (await api.GetAsync($"{TestApi.Root}/statistics/{what}?period=day{more}", token ?? province)).Json;
        static string Told(System.Text.Json.Nodes.JsonNode? count) => count!["below"] is { } below ? $"<{below}" : $"{count["count"]}";

        Assert.Equal(("40", "38", "<10", "0"), await OfAsync("totals") is var totals ? (Told(totals["arrived"]!["now"]), Told(totals["answered"]!["now"]), Told(totals["failures"]!["now"]), Told(totals["failures"]!["before"])) : default);
        var connector = Assert.Single((await OfAsync("connectors"))["connectors"]!.AsArray())!;
        Assert.Equal(("vnconnect", 24, "40"), (connector["connector"]!.GetValue<string>(), connector["signed_in"]!.AsArray().Count, Told(connector["signed_in"]![23])));
        Assert.Equal("upstream_unreachable", Assert.Single((await OfAsync("reasons"))["reasons"]!.AsArray())!["reason"]!.GetValue<string>());
        Assert.Equal(("rp", "38", "<10"), Assert.Single((await OfAsync("matrix"))["cells"]!.AsArray()) is var cell ? (cell!["client_id"]!.GetValue<string>(), Told(cell["answered"]), Told(cell["failed"])) : default);
        Assert.Equal("40", Told((await OfAsync("funnel"))["steps"]![0]!["amount"]));
        Assert.Equal(24, (await OfAsync("waits"))["slots"]!.AsArray().Count);
        Assert.Empty((await OfAsync("waits", province, "&client_id=rp"))["slots"]!.AsArray());
        Assert.Empty((await OfAsync("matrix", agency))["cells"]!.AsArray());
        Assert.Null((await OfAsync("totals", agency))["arrived"]);
        Assert.Equal("bad-parameter", (await api.GetAsync($"{TestApi.Root}/statistics/totals?period=century", province)).Problem);
        var csv = await api.GetAsync($"{TestApi.Root}/statistics/hours?format=csv", province);
        Assert.Equal(("text/csv", true), (csv.MediaType, csv.Body.Contains("\"upstream_unreachable\",<10\r\n", StringComparison.Ordinal)));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task The_work_list_has_what_scopes_and_roles_reach_and_nothing_else(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var (keeper, reader, powerless) = (await api.NewAccountAsync("keeper", AdminRole.Operator), await api.NewAccountAsync("reader", AdminRole.Operator, null, "admin.announcements"), await api.NewAccountAsync("none", role: null));
        var asked = DateTimeOffset.UtcNow.AddMinutes(-5);
        await api.Admin.SaveAsync(db => db.KeyWithdrawals.Add(new() { Algorithm = "ES256", AskedById = Guid.CreateVersion7(), AskedAt = asked, Reason = "ticket 4711", ExpiresAt = asked.AddDays(1) }));

        var item = Assert.Single((await api.GetAsync($"{TestApi.Root}/work", keeper)).Json["items"]!.AsArray())!;

        Assert.Equal(("now", "key_withdrawal", "ES256", "/keys"), (item["urgency"]!.GetValue<string>(), item["kind"]!.GetValue<string>(), item["subject"]!.GetValue<string>(), item["page"]!.GetValue<string>()));
        Assert.Empty((await api.GetAsync($"{TestApi.Root}/work", reader)).Json["items"]!.AsArray());
        Assert.Equal("not-allowed", (await api.GetAsync($"{TestApi.Root}/work", powerless)).Problem);
    }

    [Fact]
    public async Task What_ends_soon_is_told_as_far_as_scopes_and_roles_reach()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var (token, reader) = (await api.NewAccountAsync("operator", AdminRole.Operator), await api.NewAccountAsync("reader", AdminRole.Operator, null, "admin.statistics"));
        var added = await api.PostAsync($"{TestApi.Root}/announcements", token, new { text = new { vi = "Bảo trì", en = "Maintenance" }, starts_at = DateTimeOffset.UtcNow, ends_at = DateTimeOffset.UtcNow.AddHours(2) });

        async Task<IEnumerable<string>> SoonAsync(string account) => (await api.GetAsync($"{TestApi.Root}/statistics/expiries", account)).Json["expiries"]!.AsArray().Select(e => e!["name"]!.GetValue<string>());

        Assert.Contains(added.Json["id"]!.GetValue<string>(), await SoonAsync(token));
        Assert.DoesNotContain(added.Json["id"]!.GetValue<string>(), await SoonAsync(reader));
    }
}
