using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Identity.Connectors.Imap;
using Identity.Connectors.Ldap;
using Identity.Connectors.Lines;
using Identity.Protocols.Federation;

namespace Identity.Tests.Connectors;

/// <summary>A real OpenLDAP and a real Dovecot with made-up mailboxes, for all tests that name this collection.</summary>
[CollectionDefinition(Name)]
public sealed class MailServersCollection : ICollectionFixture<MailServers>
{
    public const string Name = "mail servers";
}

public sealed class MailServers : IAsyncLifetime
{
    public const string LdapBase = "dc=mau,dc=example";
    public const string Issuer = "urn:mau:thu";

    private Dictionary<string, string> _ldap = [];
    private Dictionary<string, string> _mail = [];

    public int LdapPort => Number(_ldap, "LDAPTEMP_PORT");
    public int LdapTlsPort => Number(_ldap, "LDAPTEMP_TLS_PORT");
    public string LdapCa => _ldap["LDAPTEMP_CA"];
    public int ImapPort => Number(_mail, "MAILTEMP_PORT");
    public int ImapTlsPort => Number(_mail, "MAILTEMP_TLS_PORT");
    public string ImapCa => _mail["MAILTEMP_CA"];

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists("/usr/sbin/slapd") && File.Exists("/usr/sbin/dovecot"), "These tests need Debian's packages \"slapd\", \"ldap-utils\" and \"dovecot-imapd\"; ./test installs them.");
        _ldap = await StartAsync("openldap-temp.sh");
        _mail = await StartAsync("dovecot-temp.sh");
    }

    public async Task DisposeAsync()
    {
        if (_ldap.TryGetValue("LDAPTEMP_FOLDER", out var ldap)) await RunAsync(Tool("openldap-temp.sh"), ["stop", ldap]);
        if (_mail.TryGetValue("MAILTEMP_FOLDER", out var mail)) await RunAsync(Tool("dovecot-temp.sh"), ["stop", mail]);
    }

    public LdapConnectorSettings Ldap => new()
    {
        Issuer = Issuer,
        Host = "127.0.0.1",
        Port = LdapTlsPort,
        CaFiles = [LdapCa],
        SearchBase = LdapBase,
        BindDn = $"cn=reader,{LdapBase}",
        BindPassword = "reader-secret",
        DisabledWhen = [new() { Attribute = "pwdAccountLockedTime" }, new() { Attribute = "employeeType", Value = "Nghi-Viec" }],
        SharedWhen = [new() { Under = $"ou=chung, {LdapBase}" }],
    };

    public ImapConnectorSettings Imap => new() { Issuer = "urn:thu:hop-thu", Host = "127.0.0.1", Port = ImapTlsPort, CaFiles = [ImapCa], SharedMailboxes = ["vanphong", "so*"] };

    public LdapConnector LdapConnector(Func<LdapConnectorSettings, LdapConnectorSettings>? change = null) => new("thu", change?.Invoke(Ldap) ?? Ldap, TimeProvider.System);

    public ImapConnector ImapConnector(Func<ImapConnectorSettings, ImapConnectorSettings>? change = null) => new("hop-thu", change?.Invoke(Imap) ?? Imap, directory: null, TimeProvider.System);

    /// <summary>Changes the directory as its administrator would.</summary>
    public async Task ChangeAsync(string ldif) => await RunAsync("ldapmodify", ["-x", "-H", $"ldap://127.0.0.1:{LdapPort}", "-D", $"cn=admin,{LdapBase}", "-w", "admin-secret"], ldif);

    public Task AddAsync(string uid, string mail) => ChangeAsync(
        $"dn: uid={uid},ou=people,{LdapBase}\nchangetype: add\nobjectClass: inetOrgPerson\nuid: {uid}\ncn: {uid}\nsn: {uid}\nmail: {mail}\nuserPassword: {uid}-secret\n");

    public Task RemoveAsync(string uid) => ChangeAsync($"dn: uid={uid},ou=people,{LdapBase}\nchangetype: delete\n");

    /// <summary>Binds and searches that the directory has finished, without those of this question.</summary>
    public async Task<(int Binds, int Searches)> OperationsAsync()
    {
        var answer = await RunAsync("ldapsearch", ["-x", "-LLL", "-H", $"ldap://127.0.0.1:{LdapPort}", "-D", $"cn=admin,{LdapBase}", "-w", "admin-secret",
            "-b", "cn=Operations,cn=Monitor", "(|(cn=Bind)(cn=Search))", "monitorOpCompleted"]);
        var counts = answer.Split('\n').Where(l => l.StartsWith("monitorOpCompleted: ", StringComparison.Ordinal)).Select(l => int.Parse(l.Split(' ')[1], CultureInfo.InvariantCulture)).ToList();
        return (counts[0], counts[1]);
    }

    public static Task<UpstreamOutcome> AskAsync(IPasswordConnector connector, string address, string password) =>
        connector.AuthenticateAsync(new PasswordAttempt(address, address, password), CancellationToken.None);

    public static ExternalIdentity Proved(UpstreamOutcome outcome) =>
        outcome is UpstreamOutcome.Authenticated { Identity: var identity } ? identity : throw new Xunit.Sdk.XunitException($"{outcome}");

    public static UpstreamFailure Why(UpstreamOutcome outcome) =>
        outcome is UpstreamOutcome.Failed failed ? failed.Why : throw new Xunit.Sdk.XunitException($"{outcome}");

    private static async Task<Dictionary<string, string>> StartAsync(string tool) =>
        (await RunAsync(Tool(tool), ["start"])).Trim().Split(' ').Skip(1).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim('\''));

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        // The servers that a tool leaves behind keep its error stream open, so nobody waits for that one to end.
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {output}");
        return output;
    }

    private static int Number(Dictionary<string, string> values, string name) => int.Parse(values[name], CultureInfo.InvariantCulture);

    private static string Tool(string name, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "tools", name));
}
