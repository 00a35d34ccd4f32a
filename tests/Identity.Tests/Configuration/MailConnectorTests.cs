using System.Text.Json.Nodes;
using Identity.Domain.Configuration;
using Identity.Server.Login;

namespace Identity.Tests.Configuration;

/// <summary>Rows of official mail: domains lead to one place, secrets stay where they are sent to, every mistake is named.</summary>
public sealed class MailConnectorTests
{
    private static readonly DateTimeOffset Now = ConfigurationFixture.Now;

    [Fact]
    public void A_row_is_read_and_written_without_its_secret()
    {
        var document = Accepted(Row("thu", ldap: true));
        var row = Assert.Single(document.Connectors);
        Assert.Equal(("mau.example", null, null), (row.Domains[0].Name, row.Domains[0].EndsAt, row.Domains[0].AliasOf));
        Assert.Equal(("cu.example", "mau.example"), (row.Domains[1].Name, row.Domains[1].AliasOf));
        Assert.Equal("a searching secret", row.Secrets["bind_password"]);
        Assert.Equal("a searching secret", row.SettingsWithSecrets().GetProperty("bind_password").GetString());
        var written = ConfigurationWriter.Write(document);
        Assert.DoesNotContain("a searching secret", written, StringComparison.Ordinal);
        Assert.Contains("\"bind_password\": \"***\"", written, StringComparison.Ordinal);
        Assert.Contains("\"valid_until\": \"2027-06-30\"", written, StringComparison.Ordinal);
        Assert.Equal(written, ConfigurationWriter.Write(Accepted(JsonNode.Parse(written)!.AsObject()["connectors"]![0]!.AsObject(), document)));
    }

    [Fact]
    public void An_old_domain_is_open_through_its_last_day_in_vietnam()
    {
        var domain = Accepted(Row("thu", ldap: true)).Connectors[0].Domains[1];
        Assert.True(domain.IsOpen(new DateTimeOffset(2027, 6, 30, 16, 59, 59, TimeSpan.Zero)));
        Assert.False(domain.IsOpen(new DateTimeOffset(2027, 6, 30, 17, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("host", "\"other.example\"")]
    [InlineData("port", "1636")]
    [InlineData("security", "\"starttls\"")]
    [InlineData("ca_files", "[\"/etc/other.pem\"]")]
    public void F8_a_masked_password_is_refused_when_it_would_go_elsewhere(string member, string value)
    {
        var stored = Accepted(Row("thu", ldap: true));
        var masked = Row("thu", ldap: true);
        masked["settings"]!["bind_password"] = "***";
        Assert.Equal("a searching secret", Accepted(masked, stored).Connectors[0].Secrets["bind_password"]);
        masked["settings"]![member] = JsonNode.Parse(value);
        Assert.Equal("connectors[0].settings.bind_password", Assert.Single(Errors(stored, masked)).Path);
    }

    [Fact]
    public void A_domain_leads_to_one_enabled_connector()
    {
        var (one, two) = (Row("mot", ldap: true), Row("hai", ldap: false));
        var errors = Errors(null, one, two);
        Assert.All(errors, e => Assert.Equal("connectors[1].domains", e.Path));
        Assert.Equal(["hold cu.example", "hold mau.example"], errors.Select(e => e.Message.En.Split(',')[0]).Order(StringComparer.Ordinal));
        two["enabled"] = false;
        Assert.Empty(Errors(null, one, two));
        // Over what is stored, too.
        two["enabled"] = true;
        Assert.NotEmpty(Errors(Accepted(one), two));
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { """{ "kind": "national_eid" }""", "connectors[0].domains connectors[0].kind" },
        { """{ "protocol": "password" }""", "connectors[0].protocol" },
        { """{ "domains": [{ "name": "MAU.example" }] }""", "connectors[0].domains[0].name" },
        { """{ "domains": [{ "name": "*.mau.example" }] }""", "connectors[0].domains[0].name" },
        { """{ "domains": [{ "name": "mau" }] }""", "connectors[0].domains[0].name" },
        { """{ "domains": [{ "name": "mau.example", "valid_until": "30/06/2027" }] }""", "connectors[0].domains[0].valid_until" },
        { """{ "domains": [{ "name": "mau.example", "valid_until": null }] }""", "connectors[0].domains[0].valid_until" },
        { """{ "domains": [{ "name": "mau.example" }, { "name": "mau.example" }] }""", "connectors[0].domains" },
        { """{ "domains": [{ "name": "mau.example", "alias_of": "khac.example" }] }""", "connectors[0].domains" },
        { """{ "domains": [{ "name": "mau.example", "alias_of": "mau.example" }] }""", "connectors[0].domains" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_by_its_place(string change, string paths)
    {
        var row = Row("thu", ldap: true);
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject()) row[name] = value?.DeepClone();
        Assert.Equal(paths, string.Join(' ', Errors(null, row).Select(e => e.Path).Where(p => !p.EndsWith("settings", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_mail_server_needs_domains_and_a_directory_alone_does_not()
    {
        var (imap, ldap) = (Row("hop-thu", ldap: false), Row("thu-muc", ldap: true));
        imap["domains"] = new JsonArray();
        ldap["domains"] = new JsonArray();
        Assert.Equal("connectors[0].domains", Assert.Single(Errors(null, imap)).Path);
        Assert.Empty(Errors(null, ldap));
    }

    [Fact]
    public void A_directory_that_a_mail_server_leans_on_must_be_one()
    {
        var (imap, ldap) = (Row("hop-thu", ldap: false), Row("thu-muc", ldap: true));
        ldap["domains"] = new JsonArray();
        imap["settings"]!["directory"] = "thu-muc";
        Assert.Empty(Errors(null, imap, ldap));
        Assert.Equal("connectors[0].settings.directory", Assert.Single(Errors(null, imap)).Path);
        imap["settings"]!["directory"] = "hop-thu";
        Assert.Equal("connectors[0].settings.directory", Assert.Single(Errors(null, imap)).Path);
        imap["settings"]!["directory"] = "thu-muc";
        var settings = ldap["settings"]!.AsObject();
        settings.Remove("bind_dn");
        settings.Remove("bind_password");
        settings["user_dn"] = "uid={local},dc=mau";
        Assert.Equal("connectors[0].settings.directory", Assert.Single(Errors(null, imap, ldap)).Path);
    }

    [Fact]
    public void Settings_with_seven_mistakes_list_seven()
    {
        var row = Row("thu", ldap: true);
        row["settings"] = JsonNode.Parse("""
            {
              "issuer": "https://mail.example", "host": "ldaps://mail.example", "port": 0, "search_base": "dc=x", "bind_dn": "cn=a", "id_attribute": "mail",
              "timeout": "00:02:00", "login": { "mail": "nobody" }
            }
            """);
        var problems = Errors(null, row);
        Assert.All(problems, e => Assert.Equal("connectors[0].settings", e.Path));
        Assert.Equal(["bind_password", "host", "id_attribute", "issuer", "login", "port", "timeout"], problems.Select(e => e.Message.En.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{ "issuer": "urn:mau:thu", "host": "h", "search_base": "b", "bind_dn": "d", "bind_password": "p", "shared_when": [{ "value": "x" }] }""", true)]
    [InlineData("""{ "issuer": "urn:mau:thu", "host": "h", "search_base": "b", "bind_dn": "d", "bind_password": "p", "disabled_when": [{ "attribute": "a", "value": "x", "bit": 2 }] }""", true)]
    [InlineData("""{ "issuer": "urn:mau:thu", "host": "h", "search_base": "b", "bind_dn": "d", "bind_password": "p", "attributes": { "personal_number": ["x"] } }""", true)]
    [InlineData("""{ "issuer": "urn:mau:thu", "host": "h", "search_base": "b", "bind_dn": "d", "bind_password": "p", "user_dn": "uid={local}" }""", true)]
    [InlineData("""{ "issuer": "urn:mau:thu", "host": "h", "search_base": "b", "bind_dn": "d", "bind_password": "p", "ca_certificates": ["not a certificate"] }""", true)]
    [InlineData("""{ "issuer": "urn:mau:thu", "host": "h", "search_base": "b", "bind_dn": "d", "bind_password": "p", "shared_mailboxes": ["Văn phòng"] }""", true)]
    [InlineData("""{ "issuer": "urn:mau:thu", "host": "h", "search_base": "b", "bind_dn": "d", "bind_password": "p", "verify": false }""", true)]
    [InlineData("""{ "issuer": "urn:mau:thu", "host": "h", "login_name": "x" }""", false)]
    [InlineData("""{ "issuer": "urn:mau:thu", "host": "h", "bind_password": "p" }""", false)]
    [InlineData("""{ "issuer": "urn:mau:thu", "host": "h", "mechanism": "cram_md5" }""", false)]
    public void Settings_that_cannot_work_are_refused(string settings, bool ldap)
    {
        var row = Row("thu", ldap);
        row["settings"] = JsonNode.Parse(settings);
        Assert.NotEmpty(Errors(null, row));
    }

    internal static JsonObject Row(string name, bool ldap) => JsonNode.Parse($$"""
        {
          "name": "{{name}}", "protocol": "{{(ldap ? "ldap" : "imap")}}", "kind": "official_mail", "display_name": { "vi": "Thư công vụ", "en": "Official mail" },
          "assurance": { "level_ceiling": 1, "proofing_ceiling": "mail_only" },
          "domains": [{ "name": "mau.example" }, { "name": "cu.example", "valid_until": "2027-06-30", "alias_of": "mau.example" }],
          "settings": { "issuer": "urn:mau:thu", "host": "mail.example"{{(ldap ? """, "search_base": "dc=mau,dc=example", "bind_dn": "cn=reader,dc=mau,dc=example", "bind_password": "a searching secret" """ : "")}} }
        }
        """)!.AsObject();

    private static ConfigurationDocument Accepted(JsonObject row, ConfigurationDocument? current = null) =>
        Read(current, row) is ConfigurationRead.Accepted { Document: var document } ? document : throw new Xunit.Sdk.XunitException(string.Join('\n', Errors(current, row)));

    private static IReadOnlyList<ConfigurationError> Errors(ConfigurationDocument? current, params JsonObject[] rows) => Read(current, rows) is ConfigurationRead.Refused refused ? refused.Errors : [];

    private static ConfigurationRead Read(ConfigurationDocument? current, params JsonObject[] rows) =>
        ConfigurationFixture.Reader(ConnectorCatalog.ProblemsOf).Read(new JsonObject { ["connectors"] = new JsonArray([.. rows.Select(r => r.DeepClone())]) }.ToJsonString(), current);
}
