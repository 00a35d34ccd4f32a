using System.Text.Json.Nodes;
using Identity.Tests.Connectors;
using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Login;

/// <summary>Limits, outages, and rows that change while people sign in.</summary>
[Collection(MailServersCollection.Name)]
public sealed class MailOutageTests(MailServers servers)
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L2_five_wrong_passwords_pause_a_mailbox_under_all_its_names_and_nobody_else(Engine engine)
    {
        await using var door = await MailDoorFixture.StartAsync(servers, engine);
        using var stranger = door.Provider.NewBrowser();
        for (var i = 0; i < 5; i++) await door.SignInAsync(stranger, i % 2 == 0 ? "nva@mau.example" : "nva@cu.example", "guess");
        var before = await servers.OperationsAsync();
        var page = await door.SignInAsync(stranger, "NVA@CU.example", "nva-secret");
        Assert.Equal("Tạm dừng để bảo vệ bạn", page.Heading);
        Assert.Equal((before.Binds + 1, before.Searches + 1), await servers.OperationsAsync());     // the directory was not asked
        Assert.True(FederationFixture.IsFirst(await door.SignInAsync(stranger, "ttb@mau.example", "ttb-secret")));
    }

    [Fact]
    public async Task L3_the_owners_browser_is_not_shut_out_by_a_stranger()
    {
        await using var door = await MailDoorFixture.StartAsync(servers);
        using var owner = door.Provider.NewBrowser();
        using var stranger = door.Provider.NewBrowser();
        await door.TokensAsync(owner, "nva@mau.example", "nva-secret");
        for (var i = 0; i < 6; i++) await door.SignInAsync(stranger, "nva@mau.example", "guess");
        Assert.NotNull((await door.SignInAsync(owner, "nva@mau.example", "nva-secret", ("prompt", "login"))).LeftFor);
    }

    [Fact]
    public async Task L2_parallel_guesses_are_counted_before_the_directory_is_asked()
    {
        await using var door = await MailDoorFixture.StartAsync(servers);
        var ready = new List<(TestBrowser Browser, TestPage Page)>();
        for (var i = 0; i < 12; i++)
        {
            var browser = door.Provider.NewBrowser();
            ready.Add((browser, await door.ToPasswordAsync(browser, "ttb@mau.example")));
        }
        var before = await servers.OperationsAsync();
        await Task.WhenAll(ready.Select(r => MailDoorFixture.PasswordAsync(r.Browser, r.Page, "ttb@mau.example", "guess")));
        var after = await servers.OperationsAsync();
        Assert.Equal(5 * 2, after.Binds - before.Binds - 1);
        foreach (var (browser, _) in ready) browser.Dispose();
    }

    [Theory]
    [InlineData("gone", "Thư thu đang gián đoạn")]
    [InlineData("slow", "Thư thu chưa trả lời")]
    [InlineData("untrusted", "Chưa chắc đang nối đúng Thư thu")]
    public async Task A_server_in_trouble_has_its_page_its_code_and_another_way_and_counts_nothing(string trouble, string heading)
    {
        await using var door = await MailDoorFixture.StartAsync(servers);
        await using var tarpit = ScriptedServer.Tls((_, ct) => Task.Delay(Timeout.Infinite, ct));
        var pem = new JsonArray(tarpit.Pem);
        await door.ImportAsync(trouble switch
        {
            "gone" => MailDoorFixture.Ldap(1, servers.LdapCa),
            "slow" => MailDoorFixture.Ldap(tarpit.Port, servers.LdapCa, ("ca_files", new JsonArray()), ("ca_certificates", pem), ("timeout", "00:00:01")),
            _ => MailDoorFixture.Ldap(servers.LdapTlsPort, servers.ImapCa),
        });
        using var browser = door.Provider.NewBrowser();
        TestPage page = null!;
        for (var i = 0; i < 6; i++) page = await door.SignInAsync(browser, "nva@mau.example", "nva-secret");
        Assert.Equal(heading, page.Heading);
        Assert.NotNull(page.Document.QuerySelector(".ref"));
        Assert.Contains("Chọn cách đăng nhập khác", page.Text, StringComparison.Ordinal);
        // The row is repaired, without a restart: nothing stands against the person.
        await door.ImportAsync(MailDoorFixture.Ldap(servers.LdapTlsPort, servers.LdapCa));
        Assert.True(FederationFixture.IsFirst(await door.SignInAsync(browser, "nva@mau.example", "nva-secret")));
        Assert.Equal(6, await door.Provider.InDatabaseAsync(db => db.AuditEvents.CountAsync(e => e.Name == "signin.failed" && e.Connector == "thu" && e.Reference != null)));
    }

    [Fact]
    public async Task A_directory_that_hangs_keeps_nobody_else_waiting()
    {
        await using var door = await MailDoorFixture.StartAsync(servers);
        await using var tarpit = ScriptedServer.Tls((_, ct) => Task.Delay(Timeout.Infinite, ct));
        await door.ImportAsync(MailDoorFixture.Ldap(tarpit.Port, servers.LdapCa, ("ca_files", new JsonArray()), ("ca_certificates", new JsonArray(tarpit.Pem)), ("timeout", "00:00:30"), ("max_parallel", 4)));
        var waiting = new List<Task>();
        var browsers = new List<TestBrowser>();
        for (var i = 0; i < 16; i++)
        {
            var browser = door.Provider.NewBrowser();
            browsers.Add(browser);
            var page = await door.ToPasswordAsync(browser, $"nguoi{i}@mau.example");
            waiting.Add(MailDoorFixture.PasswordAsync(browser, page, $"nguoi{i}@mau.example", "x"));
        }
        using var other = door.Provider.NewBrowser();
        using var local = door.Provider.NewBrowser();
        await door.TokensAsync(other, "lan@thu.example", "lan-secret");
        Assert.NotNull((await Someone.SignInAsync(local, await door.Rp.AuthorizeAsync(local), "lan")).LeftFor);
        Assert.DoesNotContain(waiting, w => w.IsCompleted);
        Assert.InRange(tarpit.MostOpen, 1, 4);
        foreach (var browser in browsers) browser.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(waiting));
    }

    [Fact]
    public async Task L18_a_disabled_row_takes_its_domains_along()
    {
        await using var door = await MailDoorFixture.StartAsync(servers);
        using var browser = door.Provider.NewBrowser();
        var page = await door.ToPasswordAsync(browser, "nva@mau.example");
        var disabled = MailDoorFixture.Ldap(servers.LdapTlsPort, servers.LdapCa);
        disabled["enabled"] = false;
        await door.ImportAsync(disabled);
        var refused = await MailDoorFixture.PasswordAsync(browser, page, "nva@mau.example", "nva-secret");
        Assert.Null(refused.LeftFor);
        Assert.EndsWith("/mail/domain", (await door.ToPasswordAsync(browser, "nva@mau.example")).Address.AbsolutePath, StringComparison.Ordinal);
    }
}
