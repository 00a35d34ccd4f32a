using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Identity.Tests.Sandbox;

namespace Identity.Tests.RelyingParties;

/// <summary>A real Apache httpd with mod_auth_openidc, which knows of us nothing but our discovery document and its own registration.</summary>
internal sealed class ApacheServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/apache2";
    private const string Modules = "/usr/lib/apache2/modules";

    private readonly string _folder = Directory.CreateTempSubdirectory("identity-apache-").FullName;
    private Process? _process;

    public string Origin { get; } = RunningSandbox.FreeUrls(1)[0];
    public string RedirectUri => $"{Origin}/protected/redirect_uri";
    public string ProtectedPage => $"{Origin}/protected/index.shtml";
    public string SignedOutPage => $"{Origin}/signed-out.html";

    /// <summary>mod_auth_openidc's own parameter on its redirect URI.</summary>
    public string BackChannelLogoutUri => $"{RedirectUri}?logout=backchannel";
    public string SessionInfo => $"{RedirectUri}?info=json";
    public string SignOut => $"{RedirectUri}?logout={Uri.EscapeDataString(SignedOutPage)}";

    public string Log => File.Exists(Path.Combine(_folder, "error.log")) ? File.ReadAllText(Path.Combine(_folder, "error.log")) : "";

    public async Task StartAsync(string issuer, string clientId, string secret)
    {
        foreach (var needed in (string[])[Program, $"{Modules}/mod_auth_openidc.so"])
            Assert.True(File.Exists(needed), $"{needed} is missing. This test needs Debian's packages \"apache2\" and \"libapache2-mod-auth-openidc\"; ./test installs them.");
        WriteSite();
        var configuration = Path.Combine(_folder, "httpd.conf");
        await File.WriteAllTextAsync(configuration, Configuration(issuer, clientId, secret));
        _process = Process.Start(new ProcessStartInfo(Program, ["-f", configuration, "-DFOREGROUND"]))!;
        await AnswerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void WriteSite()
    {
        var site = Directory.CreateDirectory(Path.Combine(_folder, "site"));
        Directory.CreateDirectory(Path.Combine(site.FullName, "protected"));
        File.WriteAllText(Path.Combine(site.FullName, "signed-out.html"), "<main>signed out of the site</main>");
        File.WriteAllText(Path.Combine(site.FullName, "protected", "index.shtml"), """
            <main><p id="user"><!--#echo var="REMOTE_USER" --></p><p id="name"><!--#echo var="OIDC_CLAIM_name" --></p>
            <p id="issuer"><!--#echo var="OIDC_CLAIM_iss" --></p><p id="level"><!--#echo var="OIDC_CLAIM_acr" --></p></main>
            """);
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("This httpd is Debian's.");
        // Started as root, httpd gives up its rights to an account that must be able to read and write here.
        foreach (var entry in Directory.GetFileSystemEntries(_folder, "*", SearchOption.AllDirectories).Append(_folder))
            File.SetUnixFileMode(entry, (UnixFileMode)Convert.ToInt32(Directory.Exists(entry) ? "777" : "644", 8));
    }

    private string Configuration(string issuer, string clientId, string secret)
    {
        string[] modules = ["mpm_event", "mime", "include", "authn_core", "authz_core", "authz_user", "headers", "auth_openidc"];
        var account = Environment.IsPrivilegedProcess ? "User www-data\nGroup www-data" : "";
        return $"""
            ServerRoot "{_folder}"
            ServerName localhost
            DefaultRuntimeDir "{_folder}"
            PidFile "{_folder}/httpd.pid"
            Mutex posixsem
            ErrorLog "{_folder}/error.log"
            LogLevel warn auth_openidc:info
            Listen 127.0.0.1:{new Uri(Origin).Port}
            {string.Join('\n', modules.Select(m => $"LoadModule {m}_module {Modules}/mod_{m}.so"))}
            {account}
            StartServers 1
            DocumentRoot "{_folder}/site"
            TypesConfig /dev/null
            AddType text/html .shtml .html
            AddOutputFilter INCLUDES .shtml

            # Only what says that it reads pages is sent to a sign-in; every browser does.
            RequestHeader setifempty Accept text/html early

            OIDCProviderMetadataURL {issuer}/.well-known/openid-configuration
            OIDCClientID {clientId}
            OIDCClientSecret {secret}
            OIDCProviderTokenEndpointAuth client_secret_basic
            OIDCRedirectURI {RedirectUri}
            OIDCScope "openid profile"
            OIDCPKCEMethod S256
            OIDCCryptoPassphrase {Convert.ToHexString(RandomNumberGenerator.GetBytes(32))}
            OIDCRemoteUserClaim sub
            OIDCPassClaimsAs environment
            OIDCInfoHook iat id_token userinfo session
            OIDCDefaultLoggedOutURL {SignedOutPage}

            <Directory "{_folder}/site">
              Options +Includes
              Require all granted
            </Directory>
            <Location "/protected">
              AuthType openid-connect
              Require valid-user
            </Location>

            """;
    }

    private async Task AnswerAsync()
    {
        var port = new Uri(Origin).Port;
        for (var attempts = 0; attempts < 300; attempts++)
        {
            Assert.False(_process!.HasExited, $"httpd ended: {Log}");
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
        Assert.Fail($"httpd does not answer: {Log}");
    }
}
