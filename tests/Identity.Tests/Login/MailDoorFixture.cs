using System.Text.Json.Nodes;
using Identity.Tests.Connectors;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Builder;

namespace Identity.Tests.Login;

/// <summary>
/// A provider in front of a real directory (<c>thu</c>: mau.example, its alias cu.example, and het.example, which is over) and a real
/// mail server (<c>hop-thu</c>: thu.example). <c>office</c> takes both and releases without a page.
/// </summary>
internal sealed class MailDoorFixture : IAsyncDisposable
{
    private MailDoorFixture(TestProvider provider) => Provider = provider;

    public TestProvider Provider { get; }

    public static async Task<MailDoorFixture> StartAsync(MailServers servers, Engine engine = Engine.Sqlite, FixedClock? clock = null, Action<WebApplicationBuilder>? configure = null)
    {
        var fixture = new MailDoorFixture(await TestProvider.StartAsync(engine, clock, configure));
        await fixture.ImportAsync(Ldap(servers.LdapTlsPort, servers.LdapCa), Imap(servers.ImapTlsPort, servers.ImapCa));
        await fixture.Provider.ImportAsync(ClientDocument.Of("rp", c =>
        {
            (c["client_id"], c["redirect_uris"], c["initiate_login_uri"]) = ("office", new JsonArray("https://office.example/cb"), "https://office.example/start");
            (c["connectors"], c["post_logout_redirect_uris"]) = (new JsonArray("thu", "hop-thu", "local"), new JsonArray("https://office.example/out"));
        }));
        return fixture;
    }

    public static JsonObject Ldap(int port, string ca, params (string Name, JsonNode? Value)[] changes) => Row("thu", "ldap", """
        [{ "name": "mau.example" }, { "name": "cu.example", "valid_until": "2099-06-30", "alias_of": "mau.example" }, { "name": "het.example", "valid_until": "2025-06-30", "alias_of": "mau.example" }]
        """, new JsonObject
    {
        ["issuer"] = MailServers.Issuer, ["host"] = "127.0.0.1", ["port"] = port, ["ca_files"] = new JsonArray(ca), ["search_base"] = MailServers.LdapBase,
        ["bind_dn"] = $"cn=reader,{MailServers.LdapBase}", ["bind_password"] = "reader-secret", ["shared_when"] = new JsonArray(new JsonObject { ["under"] = $"ou=chung,{MailServers.LdapBase}" }),
        ["timeout"] = "00:00:10",
    }, changes);

    public static JsonObject Imap(int port, string ca, params (string Name, JsonNode? Value)[] changes) => Row("hop-thu", "imap", """[{ "name": "thu.example" }]""", new JsonObject
    {
        ["issuer"] = "urn:thu:hop-thu", ["host"] = "127.0.0.1", ["port"] = port, ["ca_files"] = new JsonArray(ca), ["shared_mailboxes"] = new JsonArray("vanphong"), ["timeout"] = "00:00:10",
    }, changes);

    public Task ImportAsync(params JsonObject[] rows) => Provider.ImportAsync(new JsonObject { ["connectors"] = new JsonArray([.. rows]) }.ToJsonString());

    public TestRelyingParty Rp => TestRelyingParty.Of(Provider, "office");

    /// <summary>From the application to the page that follows the address.</summary>
    public async Task<TestPage> ToPasswordAsync(TestBrowser browser, string address, params (string Name, string? Value)[] changes) =>
        await browser.SubmitAsync(await Rp.AuthorizeAsync(browser, changes), "/mail", ("address", address));

    public async Task<TestPage> SignInAsync(TestBrowser browser, string address, string password, params (string Name, string? Value)[] changes) =>
        await PasswordAsync(browser, await ToPasswordAsync(browser, address, changes), address, password);

    /// <summary>A read-only field is sent like any other.</summary>
    public static Task<TestPage> PasswordAsync(TestBrowser browser, TestPage page, string address, string password) =>
        browser.SubmitAsync(page, "/mail/password", ("address", address), ("password", password));

    /// <summary>The whole way, with "yes, this is me" when it is asked.</summary>
    public async Task<TestReply> TokensAsync(TestBrowser browser, string address, string password)
    {
        var page = await SignInAsync(browser, address, password, ("scope", "openid profile email"));
        if (FederationFixture.IsFirst(page)) page = await browser.SubmitAsync(page, "/first", ("answer", "yes"));
        Assert.True(page.Answer.ContainsKey("code"), $"{page.Address} {page.Text}");
        return await Rp.TokenAsync(Rp.Exchange(page.Answer["code"]));
    }

    public ValueTask DisposeAsync() => Provider.DisposeAsync();

    private static JsonObject Row(string name, string protocol, string domains, JsonObject settings, (string Name, JsonNode? Value)[] changes)
    {
        foreach (var (member, value) in changes) settings[member] = value;
        return new JsonObject
        {
            ["name"] = name, ["protocol"] = protocol, ["kind"] = "official_mail", ["display_name"] = new JsonObject { ["vi"] = $"Thư {name}", ["en"] = $"Mail {name}" }, ["order"] = 50,
            ["assurance"] = new JsonObject { ["level_ceiling"] = 2, ["proofing_ceiling"] = "mail_only" }, ["domains"] = JsonNode.Parse(domains), ["settings"] = settings,
        };
    }
}
