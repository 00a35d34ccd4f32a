using Identity.Connectors.Lines;
using Identity.Protocols.Federation;
using static Identity.Tests.Connectors.MailServers;

namespace Identity.Tests.Connectors;

/// <summary>Against a real OpenLDAP.</summary>
[Collection(MailServersCollection.Name)]
public sealed class LdapConnectorTests(MailServers servers)
{
    [Fact]
    public async Task A_mailbox_and_its_password_prove_an_entry_of_the_directory()
    {
        var identity = Proved(await AskAsync(servers.LdapConnector(), "nva@mau.example", "nva-secret"));
        Assert.Equal(("thu", Issuer, ExternalSubjectKind.Individual, ProofingLevel.MailOnly), (identity.Connector, identity.Issuer, identity.Kind, identity.Proofing));
        Assert.True(Guid.TryParse(identity.Subject, out _), "the subject is the entry's id, not an address");
        Assert.Equal(["pwd"], identity.Amr);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["name"] = "Nguyễn Văn An", ["email"] = "nva@mau.example", ["email_verified"] = "true", ["phone_number"] = "+84110000101",
                ["employee_number"] = "CB0001", ["organisation_unit"] = "Phòng Một cửa", ["job_title"] = "Chuyên viên",
            },
            identity.Attributes);
    }

    [Fact]
    public async Task StartTls_and_a_certificate_authority_in_the_settings_work_as_well()
    {
        var connector = servers.LdapConnector(s => s with { Security = LineSecurity.StartTls, Port = servers.LdapPort, CaFiles = [], CaCertificates = [File.ReadAllText(servers.LdapCa)] });
        Assert.Equal("Trần Thị (Bình) *", Proved(await AskAsync(connector, "ttb@mau.example", "ttb-secret")).Find("name"));
    }

    [Fact]
    public async Task A_directory_without_a_searching_account_is_asked_by_the_person()
    {
        var direct = servers.LdapConnector(s => s with { BindDn = null, BindPassword = null, UserDn = $"uid={{local}},ou=people,{LdapBase}" });
        var found = Proved(await AskAsync(direct, "nva@mau.example", "nva-secret"));
        Assert.Equal(Proved(await AskAsync(servers.LdapConnector(), "nva@mau.example", "nva-secret")).Subject, found.Subject);
        Assert.Equal(UpstreamFailure.CredentialsRefused, Why(await AskAsync(direct, "nva@mau.example", "wrong")));
        Assert.Equal(UpstreamFailure.CredentialsRefused, Why(await AskAsync(direct, "x,ou=chung@mau.example", "nva-secret")));
    }

    [Fact]
    public async Task A_renamed_mailbox_keeps_its_person()
    {
        await servers.AddAsync("ten-cu", "ten-cu@mau.example");
        var before = Proved(await AskAsync(servers.LdapConnector(), "ten-cu@mau.example", "ten-cu-secret"));
        await servers.ChangeAsync($"dn: uid=ten-cu,ou=people,{LdapBase}\nchangetype: modify\nreplace: mail\nmail: ten-moi@mau.example\n");
        await servers.ChangeAsync($"dn: uid=ten-cu,ou=people,{LdapBase}\nchangetype: modrdn\nnewrdn: uid=ten-moi\ndeleteoldrdn: 1\n");
        var after = Proved(await AskAsync(servers.LdapConnector(), "ten-moi@mau.example", "ten-cu-secret"));
        Assert.Equal(before.Subject, after.Subject);
        Assert.Equal("ten-moi@mau.example", after.Find("email"));
        Assert.Equal(UpstreamFailure.CredentialsRefused, Why(await AskAsync(servers.LdapConnector(), "ten-cu@mau.example", "ten-cu-secret")));
    }

    [Fact]
    public async Task F10_an_address_that_is_given_out_again_is_somebody_else()
    {
        await servers.AddAsync("dung-lai", "dung-lai@mau.example");
        var before = Proved(await AskAsync(servers.LdapConnector(), "dung-lai@mau.example", "dung-lai-secret"));
        await servers.RemoveAsync("dung-lai");
        await servers.AddAsync("dung-lai", "dung-lai@mau.example");
        Assert.NotEqual(before.Subject, Proved(await AskAsync(servers.LdapConnector(), "dung-lai@mau.example", "dung-lai-secret")).Subject);
    }

    [Fact]
    public async Task A_shared_mailbox_is_told_only_after_its_password()
    {
        Assert.Equal(UpstreamFailure.SharedMailbox, Why(await AskAsync(servers.LdapConnector(), "vanphong@mau.example", "vanphong-secret")));
        Assert.Equal(UpstreamFailure.CredentialsRefused, Why(await AskAsync(servers.LdapConnector(), "vanphong@mau.example", "guess")));
        var byName = servers.LdapConnector(s => s with { SharedWhen = [], SharedMailboxes = ["van*"] });
        Assert.Equal(UpstreamFailure.SharedMailbox, Why(await AskAsync(byName, "vanphong@mau.example", "vanphong-secret")));
        var byClass = servers.LdapConnector(s => s with { SharedWhen = [new() { Attribute = "objectclass", Value = "inetorgperson" }] });
        Assert.Equal(UpstreamFailure.SharedMailbox, Why(await AskAsync(byClass, "nva@mau.example", "nva-secret")));
    }

    [Theory]
    [InlineData("nva@mau.example", "wrong")]                // wrong password
    [InlineData("khong-co@mau.example", "nva-secret")]      // nobody
    [InlineData("khoa@mau.example", "khoa-secret")]         // locked in the directory, right password
    [InlineData("nghi@mau.example", "nghi-secret")]         // marked as gone, right password
    [InlineData("doi@mau.example", "doi-secret")]           // two entries, right password of both
    public async Task L1_every_refusal_is_the_same_answer_for_the_same_work(string address, string password)
    {
        var before = await servers.OperationsAsync();
        Assert.Equal(UpstreamFailure.CredentialsRefused, Why(await AskAsync(servers.LdapConnector(), address, password)));
        var after = await servers.OperationsAsync();
        // Two binds and a search of ours; a bind of the question before, a search and a bind of this one.
        Assert.Equal((before.Binds + 3, before.Searches + 2), after);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("*)(uid=*))(|(uid=*")]
    [InlineData("nva@mau.example)(objectClass=*")]
    [InlineData("nva\0@mau.example")]
    [InlineData("nv\\61@mau.example")]
    [InlineData("ｎｖａ@mau.example")]
    [InlineData("")]
    public async Task F11_what_was_typed_is_a_value_and_never_a_filter(string address) =>
        Assert.Equal(UpstreamFailure.CredentialsRefused, Why(await AskAsync(servers.LdapConnector(), address, "nva-secret")));

    [Fact]
    public async Task F11_odd_letters_in_a_value_are_found_as_they_are()
    {
        var byName = servers.LdapConnector(s => s with { Login = new Dictionary<string, string> { ["cn"] = "{local}" } });
        Assert.Equal("ttb@mau.example", Proved(await AskAsync(byName, "Trần Thị (Bình) *@mau.example", "ttb-secret")).Find("email"));
    }

    [Fact]
    public async Task F11_an_empty_password_is_refused_before_anybody_is_asked()
    {
        await using var server = ScriptedServer.Tls((_, ct) => Task.Delay(Timeout.Infinite, ct));
        var connector = servers.LdapConnector(s => s with { Port = server.Port, CaFiles = [], CaCertificates = [server.Pem] });
        foreach (var password in (string[])["", "\0", "a\0b"]) Assert.Equal(UpstreamFailure.CredentialsRefused, Why(await AskAsync(connector, "nva@mau.example", password)));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task F11_a_certificate_of_another_authority_or_for_another_name_ends_it_before_the_password()
    {
        foreach (var security in Enum.GetValues<LineSecurity>())
        {
            var port = security == LineSecurity.Tls ? servers.LdapTlsPort : servers.LdapPort;
            Assert.Equal(UpstreamFailure.CertificateUntrusted, Why(await AskAsync(servers.LdapConnector(s => s with { Security = security, Port = port, CaFiles = [servers.ImapCa] }), "nva@mau.example", "nva-secret")));
            Assert.Equal(UpstreamFailure.CertificateUntrusted, Why(await AskAsync(servers.LdapConnector(s => s with { Security = security, Port = port, CaFiles = [] }), "nva@mau.example", "nva-secret")));
        }
        Assert.Equal(UpstreamFailure.CertificateUntrusted, Why(await AskAsync(servers.LdapConnector(s => s with { CaFiles = ["/nowhere/ca.pem"] }), "nva@mau.example", "nva-secret")));
        await using var other = ScriptedServer.Tls((_, ct) => Task.Delay(Timeout.Infinite, ct), certifiedName: "another.example");
        Assert.Equal(UpstreamFailure.CertificateUntrusted, Why(await AskAsync(servers.LdapConnector(s => s with { Port = other.Port, CaFiles = [], CaCertificates = [other.Pem] }), "nva@mau.example", "nva-secret")));
    }

    [Fact]
    public async Task F11_a_referral_is_not_followed()
    {
        var elsewhere = servers.LdapConnector(s => s with { SearchBase = $"ou=noi-khac,{LdapBase}" });
        var failed = Assert.IsType<UpstreamOutcome.Failed>(await AskAsync(elsewhere, "nva@mau.example", "nva-secret"));
        Assert.Equal(UpstreamFailure.Refused, failed.Why);
        Assert.Contains("result 10", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_searching_account_that_is_not_accepted_is_the_operators_concern()
    {
        var failed = Assert.IsType<UpstreamOutcome.Failed>(await AskAsync(servers.LdapConnector(s => s with { BindPassword = "old" }), "nva@mau.example", "nva-secret"));
        Assert.Equal((UpstreamFailure.Refused, "the searching account was not accepted: result 49"), (failed.Why, failed.Detail));
    }

    [Fact]
    public async Task An_id_attribute_that_entries_do_not_have_signs_nobody_in() =>
        Assert.Equal(UpstreamFailure.MissingClaim, Why(await AskAsync(servers.LdapConnector(s => s with { IdAttribute = "nsUniqueId" }), "nva@mau.example", "nva-secret")));

    [Fact]
    public async Task Twenty_at_once_through_four_places_all_get_in()
    {
        var connector = servers.LdapConnector(s => s with { MaxParallel = 4, Timeout = TimeSpan.FromSeconds(30) });
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(connector, "nva@mau.example", "nva-secret")));
        Assert.Single(outcomes.Select(o => Proved(o).Subject).Distinct());
    }
}
