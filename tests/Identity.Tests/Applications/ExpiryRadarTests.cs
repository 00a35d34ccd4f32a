using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Mail;
using Identity.Domain.Statistics;
using Identity.Protocols.Federation;
using Identity.Tests.Admin;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Applications;

/// <summary>Whatever ends is told to whose it is, once at each date, in one letter.</summary>
public sealed class ExpiryRadarTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task A_certificate_in_a_key_set_that_ends_tomorrow_gives_exactly_one_alert_per_owner(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine, new FixedClock(Start));
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        await OwnersOffice.SendAsync(owner, await owner.OpenAsync($"/apps/{id}/keys"), $"/apps/{id}/keys?handler=Upload", [new("Input.Jwk", KeyWithCertificate(Start.AddHours(20)))]);
        await office.RefreshAdminAsync();

        int[] sent = [await RemindAsync(office), await RemindAsync(office)];

        Assert.Equal([2, 0], sent);
        Assert.Contains("Chứng thư trong bộ khóa", (await owner.OpenAsync("/apps/expiring")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_another_one_outlives_is_nobodys_trouble()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite, new FixedClock(Start));
        using var owner = await office.OfficialAsync();
        var id = await office.RegisterAsync(owner);
        var set = $$"""{ "keys": [{{KeyWithCertificate(Start.AddDays(5))}}, {{KeyWithCertificate(Start.AddDays(400))}}] }""";
        await OwnersOffice.SendAsync(owner, await owner.OpenAsync($"/apps/{id}/keys"), $"/apps/{id}/keys?handler=Upload", [new("Input.Jwk", set)]);
        await office.RefreshAdminAsync();

        Assert.Equal(0, await RemindAsync(office));
    }

    [Fact]
    public async Task All_that_is_due_for_one_reader_stands_in_one_letter()
    {
        var clock = new FixedClock(Start);
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite, clock);
        using var owner = await office.OfficialAsync();
        await office.RegisterAsync(owner);
        await office.RegisterAsync(owner);
        await office.JoinAsync();
        await office.RefreshAdminAsync();
        clock.Advance(ClientDefaults.SecretLifetime - TimeSpan.FromDays(20));

        var marks = await RemindAsync(office);

        var letters = await LettersAsync(office);
        Assert.Equal(4, marks);
        Assert.Equal(["an@mau.example", "hai@xa.mau.example"], letters.Select(l => l.Recipient).Order());
        Assert.All(letters, l => Assert.Equal(("2", nameof(EndingKind.ClientSecret), nameof(EndingKind.ClientSecret)), (l.Values["count"], l.Values["kind1"], l.Values["kind2"])));
        Assert.Equal(1, await office.Admin.InDatabaseAsync(db => db.AuditEvents.CountAsync(e => e.Name == "expiry.reminded")));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Whoever_has_no_address_is_told_once_there_is_one(Engine engine)
    {
        var clock = new FixedClock(Start);
        await using var office = await OwnersOffice.OpenAsync(engine, clock);
        using var owner = await office.OfficialAsync();
        await office.RegisterAsync(owner);
        await office.JoinAsync();
        await office.RefreshAdminAsync();
        clock.Advance(ClientDefaults.SecretLifetime - TimeSpan.FromDays(20));
        await RenameMailAsync(office, owner, AttributeNames.Email, "nothing");

        Reminded[] without = [await ReadAsync(office), await ReadAsync(office)];
        await RenameMailAsync(office, owner, "nothing", AttributeNames.Email);
        Reminded[] with = [await ReadAsync(office), await ReadAsync(office)];

        Assert.Equal([new Reminded(1, 1), new Reminded(0, 1)], without);
        Assert.Equal([new Reminded(1, 0), new Reminded(0, 0)], with);
        Assert.Equal(["hai@xa.mau.example", "an@mau.example"], (await LettersAsync(office)).Select(l => l.Recipient));
        Assert.Equal(["1 things, 1 owners, 1 letters, 1 owners without an address", "1 things, 1 owners, 1 letters, 0 owners without an address"],
            await office.Admin.InDatabaseAsync(db => db.AuditEvents.Where(e => e.Name == "expiry.reminded").OrderBy(e => e.Sequence).Select(e => e.Detail).ToListAsync()));
    }

    [Fact]
    public async Task A_secret_that_a_younger_one_outlives_stands_in_no_list_and_is_no_work()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite, new FixedClock(Start));
        using var keeper = await office.OfficialAsync(null, AdminRole.Administrator);
        await ImportAsync(office, [ClientEnding("replaced", Start.AddDays(5), heir: Start.AddDays(400)), ClientEnding("alone", Start.AddDays(5))]);

        foreach (var (page, part) in new[] { ("/", "main"), ("/statistics", "#expiries"), ("/apps/expiring", "main") })
        {
            var text = (await keeper.OpenAsync(page)).Document.QuerySelector(part)!.TextContent;
            Assert.Contains("Ứng dụng alone", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Ứng dụng replaced", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task However_many_end_at_one_moment_the_pages_hold_each_of_them_once_and_the_work_is_one_line()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite, new FixedClock(Start));
        using var keeper = await office.OfficialAsync(null, AdminRole.Administrator);
        string[] names = [.. Enumerable.Range(0, Expiries.PageSize * 2 + 1).Select(n => $"many-{n:000}")];
        await ImportAsync(office, names.Select(n => ClientEnding(n, Start.AddDays(6))));

        List<string> seen = [];
        for (var address = "/apps/expiring"; address is not null;)
        {
            var page = await keeper.OpenAsync(address);
            seen.AddRange(names.Where(n => page.Text.Contains($"Ứng dụng {n}", StringComparison.Ordinal)));
            address = page.Document.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(names, seen.Order(StringComparer.Ordinal));
        Assert.Contains("101 khóa bí mật, khóa hoặc chứng thư của ứng dụng sắp hết hạn", (await keeper.OpenAsync("/")).Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Whoever_keeps_connectors_hears_of_their_certificates_once_at_each_date(Engine engine)
    {
        var clock = new FixedClock(Start);
        await using var office = await OwnersOffice.OpenAsync(engine, clock);
        await GiveAsync(office, AdminRole.Operator);
        await GiveAsync(office, AdminRole.HelpDesk);
        await NoteAsync(office, new ConnectorSight("vnconnect") { CertificateUntil = Start.AddDays(45), AnchorUntil = Start.AddDays(40) });

        List<int> sent = [];
        foreach (var day in new[] { 0, 0, 16, 16, 34, 39, 46 })
        {
            clock.Advance(Start.AddDays(day) - clock.GetUtcNow());
            sent.Add(await RemindAsync(office));
        }

        // 60 for both; 30 for both; the anchor's 7 with the 60 of our two signing keys; its last day with the certificate's 7; then both are over.
        Assert.Equal([2, 0, 2, 0, 3, 2, 0], sent);
        Assert.All(await LettersAsync(office), letter => Assert.Equal("operator@xa.mau.example", letter.Recipient));
        Assert.Equal(4, (await LettersAsync(office)).Count);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Upstream_metadata_that_cannot_be_read_is_told_once_and_forgotten_when_it_can(Engine engine)
    {
        await using var office = await OwnersOffice.OpenAsync(engine, new FixedClock(Start));
        await GiveAsync(office, AdminRole.Operator);
        using var keeper = await office.OfficialAsync(null, AdminRole.Operator);
        await NoteAsync(office, new ConnectorSight("vnconnect") { IsReadable = true, MetadataDigest = "a", KeysDigest = "k" });
        for (var i = 0; i < 2; i++) await NoteAsync(office, new ConnectorSight("vnconnect") { IsReadable = false, Problem = "Unreachable" });

        int[] sent = [await RemindAsync(office), await RemindAsync(office)];
        var listed = await keeper.OpenAsync("/apps/expiring");
        await NoteAsync(office, new ConnectorSight("vnconnect") { IsReadable = true, MetadataDigest = "a", KeysDigest = "k2" });

        Assert.Equal([2, 0], sent);
        Assert.Contains("Không đọc được thông tin bên kia công bố", listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Không đọc được thông tin bên kia công bố", (await keeper.OpenAsync("/apps/expiring")).Text, StringComparison.Ordinal);
        Assert.Equal(["connector.keys_changed", "connector.metadata_readable", "connector.metadata_unreadable"],
            await office.Admin.InDatabaseAsync(db => db.AuditEvents.Where(e => e.Connector == "vnconnect" && (e.Name.StartsWith("connector.keys") || e.Name.StartsWith("connector.metadata"))).Select(e => e.Name).OrderBy(n => n).ToListAsync()));
    }

    [Fact]
    public async Task Other_addresses_of_an_upstream_are_news_once()
    {
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite, new FixedClock(Start));
        await GiveAsync(office, AdminRole.Operator);
        foreach (var digest in new[] { "a", "a", "b" }) await NoteAsync(office, new ConnectorSight("vnconnect") { IsReadable = true, MetadataDigest = digest, KeysDigest = "k" });

        await RemindAsync(office);
        await RemindAsync(office);

        Assert.Equal(nameof(EndingKind.UpstreamChanged), Assert.Single(await LettersAsync(office)).Values["kind1"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.PostgreSql)]
    public async Task Our_own_signing_keys_are_told_of_until_their_successor_is_published(Engine engine)
    {
        var clock = new FixedClock(Start);
        await using var office = await OwnersOffice.OpenAsync(engine, clock);
        await GiveAsync(office, AdminRole.Operator);
        await GiveAsync(office, AdminRole.Administrator);
        clock.Advance(TimeSpan.FromDays(40));

        var first = await RemindAsync(office);
        var letters = await LettersAsync(office);

        // Two algorithms, two people, one letter each.
        Assert.Equal((4, 2), (first, letters.Count));
        Assert.All(letters, letter => Assert.Equal("2", letter.Values["count"]));
    }

    [Fact]
    public async Task One_node_looks_at_an_upstream_and_the_others_leave_it_for_six_hours()
    {
        var clock = new FixedClock(Start);
        await using var office = await OwnersOffice.OpenAsync(Engine.Sqlite, clock);

        var first = await ClaimAsync(office);
        var second = await ClaimAsync(office);
        clock.Advance(ConnectorWatches.Period);

        Assert.Contains("vnconnect", first);
        Assert.DoesNotContain("passkey", first);
        Assert.Empty(second);
        Assert.Equal(first, await ClaimAsync(office));
    }

    private static async Task ImportAsync(OwnersOffice office, IEnumerable<string> clients)
    {
        await office.Admin.Provider.ImportAsync($$"""{ "clients": [{{string.Join(',', clients)}}] }""");
        await office.RefreshAdminAsync();
    }

    private static string ClientEnding(string id, DateTimeOffset end, DateTimeOffset? heir = null) => $$"""
        {
          "client_id": "{{id}}", "client_name": { "vi": "Ứng dụng {{id}}", "en": "Application {{id}}" }, "agency": { "vi": "Sở Mẫu", "en": "Sample department" },
          "application_type": "machine", "token_endpoint_auth_method": "client_secret_basic", "grant_types": ["client_credentials"], "scopes": ["dossier.read"],
          "resources": ["https://dossiers.anbinh.example"], "data_release": "none", "secrets": [{{Secret(Start.AddDays(-2), end)}}{{(heir is { } later ? $",{Secret(Start.AddDays(-1), later)}" : "")}}]
        }
        """;

    private static string Secret(DateTimeOffset made, DateTimeOffset end) =>
        $$"""{ "sha256": "{{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}}", "created_at": "{{made.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}", "expires_at": "{{end.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}" }""";

    internal static string KeyWithCertificate(DateTimeOffset end)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=ung-dung-mau", pair, HashAlgorithmName.SHA256).CreateSelfSigned(end.AddDays(-400), end);
        var open = pair.ExportParameters(includePrivateParameters: false).Q;
        return JsonSerializer.Serialize(new { kty = "EC", crv = "P-256", kid = Guid.NewGuid().ToString("N"), use = "sig", x = Base64Url.EncodeToString(open.X), y = Base64Url.EncodeToString(open.Y), x5c = new[] { Convert.ToBase64String(certificate.RawData) } });
    }

    private static async Task<int> RemindAsync(OwnersOffice office) => (await ReadAsync(office)).Marks;

    private static Task<Reminded> ReadAsync(OwnersOffice office) => office.Admin.WithAsync(async (ExpiryRadar radar) => (await radar.RemindAsync(CancellationToken.None))!.Value);

    /// <summary>What an attribute of theirs is called, so that the address is there or not.</summary>
    private static Task<int> RenameMailAsync(OwnersOffice office, AdminVisitor owner, string from, string to) => office.Admin.InDatabaseAsync(db =>
        db.PersonAttributes.Where(a => a.PersonId == owner.PersonId && a.Name == from).ExecuteUpdateAsync(set => set.SetProperty(a => a.Name, to)));

    private static Task<IReadOnlyList<string>> ClaimAsync(OwnersOffice office) => office.Admin.WithAsync((ConnectorWatches watches) => watches.ClaimAsync(CancellationToken.None));

    private static Task<int> NoteAsync(OwnersOffice office, ConnectorSight sight) => office.Admin.WithAsync(async (ConnectorWatches watches) =>
    {
        await watches.NoteAsync(sight, CancellationToken.None);
        return 0;
    });

    /// <summary>To a mailbox whose human has not been here yet.</summary>
    private static Task<RoleRefusal?> GiveAsync(OwnersOffice office, AdminRole role) => office.Admin.WithAsync(async (RoleBook book) =>
        await book.GiveAsync(new RoleGift(role, "test") { Mail = $"{role.ToString().ToLowerInvariant()}@xa.mau.example" }, "test", CancellationToken.None));

    private static Task<List<(string Recipient, IReadOnlyDictionary<string, string> Values)>> LettersAsync(OwnersOffice office) => office.Admin.WithAsync(async (MailQueue queue) =>
        (await office.Admin.InDatabaseAsync(db => db.OutgoingMails.AsNoTracking().Where(m => m.Template == MailTemplate.EndsSoon.Name).OrderBy(m => m.Id).ToListAsync())).ConvertAll(queue.Open));
}
