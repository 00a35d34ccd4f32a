using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Identity.Domain.Administration;
using Identity.Tests.Admin.Operating;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Api;

/// <summary>The trail by the management API.</summary>
public sealed class ApiAuditTests
{
    private const string Rows = $"{TestApi.Root}/audit/rows";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_search_goes_on_by_the_last_row_and_is_a_row_itself(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var token = await api.NewAccountAsync("machine", AdminRole.Auditor);
        await api.Admin.InDatabaseAsync(async db =>
        {
            for (var i = 0; i < 60; i++) db.AuditEvents.Add(new() { At = DateTimeOffset.UtcNow, Name = "test.happened", ClientId = i % 2 == 0 ? "even" : "odd" });
            return await db.SaveChangesAsync();
        });

        var first = await api.GetAsync($"{Rows}?event=test.happened", token);
        var next = first.Headers["Link"].Split('<', '>')[1];
        var second = await api.GetAsync(next, token);

        Assert.Equal((50, 10), (Found(first).Count, Found(second).Count));
        Assert.Equal(60, Found(first).Concat(Found(second)).Select(r => r!["sequence"]!.GetValue<long>()).Distinct().Count());
        Assert.Equal(30, Found(await api.GetAsync($"{Rows}?event=test.happened&client=even", token)).Count);
        var row = Found(second)[^1]!["sequence"]!.GetValue<long>();
        Assert.Equal("test.happened", (await api.GetAsync($"{Rows}/{row}", token)).Json["name"]!.GetValue<string>());
        var looks = await api.Admin.InDatabaseAsync(db => db.AuditEvents.Where(e => e.Name == "audit.searched" && e.Actor == "service:machine").OrderBy(e => e.Sequence).Select(e => e.Detail!).ToListAsync());
        Assert.Equal(["rows=50", "rows=10", "rows=30", $"sequence={row} rows=1"], looks.Select(l => l.StartsWith("sequence", StringComparison.Ordinal) ? l : l.Split(' ')[^1]));
    }

    [Theory, InlineData("outcome=fine"), InlineData("from=2026-01-01T00:00:00Z&to=2026-12-01T00:00:00Z"), InlineData("from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"), InlineData("from=yesterday"), InlineData("person=Lan")]
    public async Task A_condition_that_cannot_be_is_refused(string query)
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var token = await api.NewAccountAsync("machine", AdminRole.Auditor);

        Assert.Equal("bad-parameter", (await api.GetAsync($"{Rows}?{query}", token)).Problem);
        Assert.Equal("bad-parameter", (await api.GetAsync($"{TestApi.Root}/audit/export?{query}", token)).Problem);
    }

    [Fact]
    public async Task An_export_is_an_archive_with_its_manifest()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var token = await api.NewAccountAsync("machine", AdminRole.Auditor);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        await using var archive = new ZipArchive(await http.GetStreamAsync($"{api.Admin.Address}{TestApi.Root}/audit/export?format=csv"));

        Assert.Equal(["manifest.json", "rows.csv"], archive.Entries.Select(e => e.FullName).Order());
        using var manifest = await JsonDocument.ParseAsync(await archive.GetEntry("manifest.json")!.OpenAsync());
        Assert.True(manifest.RootElement.GetProperty("rows").GetInt64() > 0);
    }

    [Fact]
    public async Task A_check_of_the_newest_blocks_says_what_it_saw()
    {
        await using var api = await TestApi.StartAsync(Engine.Sqlite);
        var token = await api.NewAccountAsync("machine", AdminRole.Auditor);

        var report = await api.PostAsync($"{TestApi.Root}/audit/verification", token, "");

        Assert.Equal(200, report.Status);
        Assert.Null(report.Json["fault"]);
        Assert.NotNull((await api.GetAsync($"{TestApi.Root}/audit/state", token)).Json["checked_at"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task An_agency_reads_what_its_service_accounts_did_and_no_other_agency_does(Engine engine)
    {
        await using var api = await TestApi.StartAsync(engine);
        var unit = await api.Admin.UnitAsync(OperatingStage.Agency);
        var (own, other) = (await api.NewAccountAsync("own", AdminRole.AgencyAdministrator, unit), await api.NewAccountAsync("other", AdminRole.AgencyAdministrator, await api.Admin.UnitAsync(OperatingStage.OtherAgency)));
        await api.Admin.AddPostAsync(OperatingStage.Agency, "lan@anbinh.example");
        Assert.Equal(201, (await api.PostAsync($"{TestApi.Root}/roles", own, new { role = "agency_administrator", mail = "lan@anbinh.example", reason = "x", unit_id = unit })).Status);

        var row = Assert.Single(Found(await api.GetAsync($"{Rows}?event=role.given&actor=service%3Aown", own)));
        Assert.Equal("service:own", row!["actor"]!.GetValue<string>());
        Assert.Empty(Found(await api.GetAsync($"{Rows}?event=role.given&actor=service%3Aown", other)));
        Assert.Equal(404, (await api.GetAsync($"{Rows}/{row["sequence"]}", other)).Status);
    }

    private static JsonArray Found(ApiReply reply) => reply.Json["rows"]!.AsArray();
}
