using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Desk;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Admin.Desk;

/// <summary>The trail for an inspector: found by what was asked, page by page, taken along with a digest, and every reading written down.</summary>
public sealed class AuditPageTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Rows_are_found_by_time_who_what_whom_and_result(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        var (person, session) = (await stage.CitizenAsync(), Guid.NewGuid());
        using var auditor = await stage.Admin.SignInAsync(AdminRole.Auditor);
        await AddAsync(stage, new() { At = stage.Now, Name = "test.refused", Reason = "Marked", Actor = "command:thu", PersonId = person, ClientId = "portal", SessionId = session });
        await AddAsync(stage, new() { At = stage.Now, Name = "test.done", Reason = "Other" });
        await AddAsync(stage, new() { At = stage.Now.AddDays(-20), Name = "test.refused", Reason = "Old" });

        foreach (var filter in (string[])["Input.Who=command:thu", "Input.Event=test.refused", $"Input.Person={person}&Input.Event=test.refused", "Input.Client=portal", $"Input.Session={session}", "Input.Outcome=refused&Input.Event=test.refused"])
        {
            var page = await auditor.OpenAsync($"/audit?{filter}");
            Assert.Contains("Marked", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Other", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Old", page.Text, StringComparison.Ordinal);
        }
        var day = stage.Now.AddDays(-20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains("Old", (await auditor.OpenAsync($"/audit?Input.From={day}&Input.Event=test.refused")).Text, StringComparison.Ordinal);
        Assert.Contains("Không có dòng nào", (await auditor.OpenAsync("/audit?Input.Outcome=failed&Input.Event=test.refused")).Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Pages_go_by_the_key_of_the_last_row(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        using var auditor = await stage.Admin.SignInAsync(AdminRole.Auditor);
        for (var i = 0; i < 120; i++) await AddAsync(stage, new() { At = stage.Now, Name = "test.paged", Reason = $"row-{i:D3}" });

        var (seen, page) = (new List<string>(), await auditor.OpenAsync("/audit?Input.Event=test.paged"));
        for (var pages = 0; pages < 3; pages++)
        {
            seen.AddRange(page.Document.QuerySelectorAll("dd").Select(d => d.TextContent.Trim()).Where(t => t.StartsWith("row-", StringComparison.Ordinal)));
            if (page.Document.QuerySelectorAll(".pages a").LastOrDefault(a => a.TextContent == "Cũ hơn") is not { } older) break;
            page = await auditor.OpenAsync(older.GetAttribute("href")!);
        }

        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"row-{i:D3}").Reverse(), seen);
    }

    [Fact]
    public async Task Reading_the_trail_and_taking_rows_along_are_rows_of_the_trail()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        using var auditor = await stage.Admin.SignInAsync(AdminRole.Auditor);
        await AddAsync(stage, new() { At = stage.Now, Name = "test.done", Reason = "=cmd|' /C calc'!A0", Detail = "a \"quoted\", detail" });

        var page = await auditor.OpenAsync("/audit?Input.Event=test.done");
        using var archive = await ExportAsync(stage, auditor, page, "Csv");

        var rows = await ReadAsync(archive, "rows.csv");
        var manifest = JsonSerializer.Deserialize<JsonElement>(await ReadAsync(archive, "manifest.json"));
        Assert.Contains("'=cmd|", System.Text.Encoding.UTF8.GetString(rows), StringComparison.Ordinal);
        Assert.Contains("\"a \"\"quoted\"\", detail\"", System.Text.Encoding.UTF8.GetString(rows), StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(rows)), manifest.GetProperty("files")[0].GetProperty("sha256").GetString());
        Assert.Equal((1, true), (manifest.GetProperty("rows").GetInt32(), manifest.GetProperty("complete").GetBoolean()));
        var own = await stage.Admin.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Actor == AdminActor.NameOf(auditor.PersonId)).OrderBy(a => a.Sequence).Select(a => a.Name).ToListAsync());
        Assert.Equal([AuditSearch.Searched, "audit.exported"], own);
    }

    [Fact]
    public async Task The_newest_blocks_are_checked_on_the_page()
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        using var auditor = await stage.Admin.SignInAsync(AdminRole.Auditor);
        await stage.Admin.WithAsync(async (AuditSealKeys keys) => { await keys.MaintainAsync(CancellationToken.None); return 0; });
        await stage.Admin.WithAsync((AuditSealer sealer) => sealer.SealAsync(CancellationToken.None));
        var whole = await auditor.SubmitAsync(await auditor.OpenAsync("/audit"), "/audit/verify");
        Assert.Contains("nguyên vẹn", whole.Text, StringComparison.Ordinal);

        await stage.Admin.InDatabaseAsync(db => db.AuditEvents.Where(a => a.Sequence == 2).ExecuteUpdateAsync(set => set.SetProperty(a => a.Reason, "changed")));

        Assert.Contains("RowChanged", (await auditor.SubmitAsync(whole, "/audit/verify")).Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task M1_an_agency_reads_what_its_administrators_did_and_what_was_done_to_its_people(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        var (clerk, stranger) = (await stage.OfficialAsync(stage.Division), await stage.CitizenAsync("096168000002"));
        using var agency = await stage.AgencyAsync(stage.Home);
        using var science = await stage.AgencyAsync(stage.Science);
        await AddAsync(stage, new() { At = stage.Now, Name = "test.done", Reason = "ByOwn", Actor = AdminActor.NameOf(agency.PersonId) });
        await AddAsync(stage, new() { At = stage.Now, Name = "test.done", Reason = "ToOwn", Actor = $"admin:{Guid.NewGuid()}", PersonId = clerk });
        await AddAsync(stage, new() { At = stage.Now, Name = "test.done", Reason = "PrivateLife", PersonId = clerk, ClientId = "portal" });
        await AddAsync(stage, new() { At = stage.Now, Name = "test.done", Reason = "ToStranger", Actor = $"admin:{Guid.NewGuid()}", PersonId = stranger });
        await AddAsync(stage, new() { At = stage.Now, Name = "test.done", Reason = "ByOther", Actor = AdminActor.NameOf(science.PersonId) });

        var page = await agency.OpenAsync("/audit?Input.Event=test.done");

        Assert.Contains("ByOwn", page.Text, StringComparison.Ordinal);
        Assert.Contains("ToOwn", page.Text, StringComparison.Ordinal);
        Assert.All((string[])["PrivateLife", "ToStranger", "ByOther"], hidden => Assert.DoesNotContain(hidden, page.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("ToStranger", (await agency.OpenAsync($"/audit?Input.Event=test.done&Input.Person={stranger}")).Text, StringComparison.Ordinal);
        using var archive = await ExportAsync(stage, agency, page, "Json");
        Assert.DoesNotContain("PrivateLife", System.Text.Encoding.UTF8.GetString(await ReadAsync(archive, "rows.ndjson")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await DeskStage.PostAsync(agency, page, "/audit/verify")).Status);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task M23_Of_its_own_administrators_an_agency_reads_what_they_did_as_such_and_no_more(Engine engine)
    {
        await using var stage = await DeskStage.StartAsync(engine);
        var (clerk, before) = (await stage.OfficialAsync(stage.Division), await stage.CitizenAsync("096168000002"));
        using var agency = await stage.AgencyAsync(stage.Home);
        using var province = await stage.Admin.SignInAsync(AdminRole.Administrator);
        await stage.Admin.GiveAsync(province.PersonId, AdminRole.AgencyAdministrator, stage.Home);
        // Answered for the agency from three days ago until yesterday, and for another one since.
        await stage.Admin.GiveAsync(before, AdminRole.AgencyAdministrator, stage.Home);
        await stage.Admin.InDatabaseAsync(db => db.RoleAssignments.Where(r => r.PersonId == before)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.GivenAt, stage.Now.AddDays(-3)).SetProperty(r => r.EndedAt, (DateTimeOffset?)stage.Now.AddDays(-1))));
        await stage.Admin.GiveAsync(before, AdminRole.AgencyAdministrator, stage.Science);
        async Task ActedAsync(string what, Guid who, double daysAgo, Guid? person = null) =>
            await AddAsync(stage, new() { At = stage.Now.AddDays(-daysAgo), Name = "test.done", Reason = what, Actor = AdminActor.NameOf(who), PersonId = person });
        await ActedAsync("BeforeOffice", before, 5);
        await ActedAsync("InOffice", before, 2);
        await ActedAsync("InAnotherAgency", before, 0);
        await ActedAsync("ForTheProvince", province.PersonId, 0);
        await ActedAsync("ToOwnPeople", province.PersonId, 0, clerk);

        var page = await agency.OpenAsync($"/audit?Input.Event=test.done&Input.From={stage.Now.AddDays(-20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}");

        Assert.All((string[])["InOffice", "ToOwnPeople"], shown => Assert.Contains(shown, page.Text, StringComparison.Ordinal));
        Assert.All((string[])["BeforeOffice", "InAnotherAgency", "ForTheProvince"], hidden => Assert.DoesNotContain(hidden, page.Text, StringComparison.Ordinal));
    }

    [Theory, InlineData("Input.From=never", "Ngày có dạng"), InlineData("Input.Person=an", "Mã người"), InlineData("Input.From=2020-01-01", "tối đa 93 ngày"), InlineData("Input.Outcome=%25", "tối đa 93 ngày")]
    public async Task M6_a_question_that_is_none_is_refused_in_words(string query, string said)
    {
        await using var stage = await DeskStage.StartAsync(Engine.Sqlite);
        using var auditor = await stage.Admin.SignInAsync(AdminRole.Auditor);

        Assert.Contains(said, (await auditor.OpenAsync($"/audit?{query}")).Text, StringComparison.Ordinal);
    }

    private static Task<int> AddAsync(DeskStage stage, AuditEvent row) => stage.Admin.InDatabaseAsync(db =>
    {
        db.AuditEvents.Add(row);
        return db.SaveChangesAsync();
    });

    private static async Task<ZipArchive> ExportAsync(DeskStage stage, AdminVisitor visitor, TestPage page, string format)
    {
        var form = page.Forms.Single(f => f.Action.EndsWith("/audit/export", StringComparison.Ordinal));
        var fields = form.Elements.OfType<AngleSharp.Html.Dom.IHtmlInputElement>().Where(i => i.Type == "hidden").Select(i => KeyValuePair.Create(i.Name!, i.Value)).Append(KeyValuePair.Create("format", format));
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = visitor.Browser.Cookies });
        var reply = await http.PostAsync(new Uri($"{stage.Admin.Address}/audit/export"), new FormUrlEncodedContent(fields));
        Assert.Equal("application/zip", reply.Content.Headers.ContentType?.MediaType);
        return new ZipArchive(new MemoryStream(await reply.Content.ReadAsByteArrayAsync()));
    }

    private static async Task<byte[]> ReadAsync(ZipArchive archive, string name)
    {
        using var copy = new MemoryStream();
        await using var entry = archive.GetEntry(name)!.Open();
        await entry.CopyToAsync(copy);
        return copy.ToArray();
    }
}
