using Identity.Connectors.Imap;
using Identity.Connectors.Ldap;
using Identity.Connectors.Lines;
using Identity.Protocols.Federation;
using static Identity.Tests.Connectors.MailServers;

namespace Identity.Tests.Connectors;

/// <summary>Against a real Dovecot.</summary>
[Collection(MailServersCollection.Name)]
public sealed class ImapConnectorTests(MailServers servers)
{
    private const string OddPassword = "b\"ả\\o {5}-secret";

    [Theory]
    [InlineData(LineSecurity.Tls, ImapMechanism.Plain)]
    [InlineData(LineSecurity.Tls, ImapMechanism.Login)]
    [InlineData(LineSecurity.StartTls, ImapMechanism.Plain)]
    [InlineData(LineSecurity.StartTls, ImapMechanism.Login)]
    public async Task A_mailbox_and_its_password_open_the_door(LineSecurity security, ImapMechanism mechanism)
    {
        var connector = servers.ImapConnector(s => s with { Security = security, Mechanism = mechanism, Port = security == LineSecurity.Tls ? servers.ImapTlsPort : servers.ImapPort });
        var identity = Proved(await AskAsync(connector, "lan@thu.example", "lan-secret"));
        Assert.Equal(("hop-thu", "urn:thu:hop-thu", "lan@thu.example", ProofingLevel.MailOnly), (identity.Connector, identity.Issuer, identity.Subject, identity.Proofing));
        Assert.Equal(new Dictionary<string, string> { ["email"] = "lan@thu.example", ["email_verified"] = "true" }, identity.Attributes);
        Assert.Equal("bao@thu.example", Proved(await AskAsync(connector, "bao@thu.example", OddPassword)).Subject);
        Assert.Equal(UpstreamFailure.CredentialsRefused, Why(await AskAsync(connector, "lan@thu.example", "wrong")));
    }

    [Fact]
    public async Task L1_unknown_wrong_and_shut_mailboxes_are_one_answer()
    {
        foreach (var (address, password) in ((string, string)[])[("lan@thu.example", "wrong"), ("khong-co@thu.example", "lan-secret"), ("nghi@thu.example", "nghi-secret")])
            Assert.Equal(UpstreamFailure.CredentialsRefused, Why(await AskAsync(servers.ImapConnector(), address, password)));
    }

    [Fact]
    public async Task A_shared_mailbox_is_told_only_after_its_password()
    {
        Assert.Equal(UpstreamFailure.SharedMailbox, Why(await AskAsync(servers.ImapConnector(), "vanphong@thu.example", "vanphong-secret")));
        Assert.Equal(UpstreamFailure.CredentialsRefused, Why(await AskAsync(servers.ImapConnector(), "vanphong@thu.example", "guess")));
    }

    [Theory, InlineData("lan@thu.example\r\na9 NOOP", "lan-secret"), InlineData("lan@thu.example", "lan-secret\r\na9 NOOP"), InlineData("lan@thu.example\0", "lan-secret"), InlineData("lan@thu.example", "")]
    public async Task A_line_break_or_a_null_is_refused_before_anybody_is_asked(string address, string password)
    {
        await using var server = ScriptedServer.Tls((_, ct) => Task.Delay(Timeout.Infinite, ct));
        var connector = servers.ImapConnector(s => s with { Port = server.Port, CaFiles = [], CaCertificates = [server.Pem] });
        Assert.Equal(UpstreamFailure.CredentialsRefused, Why(await AskAsync(connector, address, password)));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_ends_it_before_the_password()
    {
        foreach (var security in Enum.GetValues<LineSecurity>())
            Assert.Equal(UpstreamFailure.CertificateUntrusted, Why(await AskAsync(
                servers.ImapConnector(s => s with { Security = security, Port = security == LineSecurity.Tls ? servers.ImapTlsPort : servers.ImapPort, CaFiles = [servers.LdapCa] }), "lan@thu.example", "lan-secret")));
    }

    [Fact]
    public async Task The_domain_of_before_leads_to_the_same_mailbox()
    {
        var old = await servers.ImapConnector().AuthenticateAsync(new PasswordAttempt("lan@cu.example", "lan@thu.example", "lan-secret"), CancellationToken.None);
        Assert.Equal(("lan@thu.example", "lan@thu.example"), (Proved(old).Subject, Proved(old).Find("email")));
    }

    [Fact]
    public async Task A_directory_beside_the_mail_server_says_who_it_is_for_good()
    {
        var settings = servers.Imap with { Directory = "thu-muc" };
        var connector = new ImapConnector("hop-thu", settings, new LdapDirectory(servers.Ldap, TimeProvider.System), TimeProvider.System);
        var identity = Proved(await AskAsync(connector, "nva@mau.example", "nva-secret"));
        Assert.Equal(Proved(await AskAsync(servers.LdapConnector(), "nva@mau.example", "nva-secret")).Subject, identity.Subject);
        Assert.Equal(("urn:thu:hop-thu", "Nguyễn Văn An"), (identity.Issuer, identity.Find("name")));
        Assert.Equal(UpstreamFailure.MissingClaim, Why(await AskAsync(connector, "lan@thu.example", "lan-secret")));
        Assert.Equal(UpstreamFailure.CredentialsRefused, Why(await AskAsync(connector, "nva@mau.example", "wrong")));
    }
}
