using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Identity.Tests.Harness;

namespace Identity.Faults.Tests.Harness;

/// <summary>
/// nginx in front of the nodes as docs/faults.md describes it: ends TLS, no stickiness, passes a request on to another node only when
/// nothing was sent or it may be repeated, and has a page of its own for the moment when no node answers.
/// </summary>
internal sealed class NginxProxy : IAsyncDisposable
{
    private const string Program = "/usr/sbin/nginx";

    /// <summary>Names the node that gets the request first; the other one stands in. Without it nginx takes turns.</summary>
    public const string FirstNode = "X-Test-First-Node";

    private readonly string _folder = Directory.CreateTempSubdirectory("identity-nginx-").FullName;
    private readonly X509Certificate2 _certificate = MakeCertificate();
    private Process? _process;

    public string Origin { get; } = FreeAddresses.Take(1)[0].Replace("http:", "https:", StringComparison.Ordinal);
    public int Port => new Uri(Origin).Port;

    public async Task StartAsync(ServerProcess a, ServerProcess b)
    {
        Programs.Require(Program, "nginx-light");
        await File.WriteAllTextAsync(Path.Combine(_folder, "certificate.pem"), _certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "key.pem"), _certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var configuration = Path.Combine(_folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(a.Port, b.Port));
        _process = Process.Start(new ProcessStartInfo(Program, ["-c", configuration, "-e", Path.Combine(_folder, "error.log")]))!;
        await AnswersAsync();
    }

    /// <summary>Trusts the certificate of this proxy and no other.</summary>
    public SocketsHttpHandler NewSockets() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Policy() },
    };

    public async Task<SslStream> ConnectAsync()
    {
        var socket = new TcpClient();
        await socket.ConnectAsync("localhost", Port);
        var stream = new SslStream(socket.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = Policy() });
        return stream;
    }

    /// <summary>One line per request that nginx believes to have seen.</summary>
    public string[] Requests => File.ReadAllLines(Path.Combine(_folder, "access.log"));

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await Programs.TerminateAsync(_process);
            await _process.WaitForExitAsync();
        }
        _process?.Dispose();
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(_certificate.RawData));
        return policy;
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private string Configuration(int a, int b) => $$"""
        worker_processes 1; daemon off; pid {{_folder}}/nginx.pid;
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        events { worker_connections 1024; }
        http {
          access_log {{_folder}}/access.log;
          client_body_temp_path {{_folder}}/t1; proxy_temp_path {{_folder}}/t2; fastcgi_temp_path {{_folder}}/t3; uwsgi_temp_path {{_folder}}/t4; scgi_temp_path {{_folder}}/t5;
          # keepalive_timeout below Node:DrainDelay, as in docker/nginx.conf: a form that meets a connection which its node is just closing is lost.
          upstream turns { server 127.0.0.1:{{a}} max_fails=0; server 127.0.0.1:{{b}} max_fails=0; keepalive 16; keepalive_timeout 1s; }
          upstream a_first { server 127.0.0.1:{{a}} max_fails=0; server 127.0.0.1:{{b}} max_fails=0 backup; keepalive 16; keepalive_timeout 1s; }
          upstream b_first { server 127.0.0.1:{{b}} max_fails=0; server 127.0.0.1:{{a}} max_fails=0 backup; keepalive 16; keepalive_timeout 1s; }
          map $http_x_test_first_node $nodes { default turns; a a_first; b b_first; }
          server {
            listen 127.0.0.1:{{Port}} ssl; server_name localhost;
            ssl_certificate {{_folder}}/certificate.pem; ssl_certificate_key {{_folder}}/key.pem;
            proxy_http_version 1.1; proxy_set_header Connection "";
            proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header {{FirstNode}} "";
            proxy_connect_timeout 2s; proxy_read_timeout 30s;
            proxy_next_upstream error timeout; proxy_next_upstream_tries 2;
            location / { proxy_pass http://$nodes; error_page 502 504 =503 @page; }
            location ~ ^/connect/(token|introspect|revocation|userinfo)$ { proxy_pass http://$nodes; error_page 502 504 =503 @json; }
            location @page { internal; default_type text/html; charset utf-8; add_header Retry-After 5 always; return 503 '{{UnavailablePage}}'; }
            location @json { internal; default_type application/json; add_header Retry-After 5 always; return 503 '{{UnavailableError}}'; }
          }
        }
        """;

    private const string UnavailablePage = "<!doctype html><html lang=\"vi\"><title>Trang đang tạm ngừng</title><main><h1>Trang đang tạm ngừng</h1>"
        + "<p>Hãy tải lại trang này sau vài giây. Thông tin của bạn vẫn an toàn.</p>"
        + "<p lang=\"en\">The page is paused. Load it again in a few seconds. Nothing was lost.</p></main></html>";

    private const string UnavailableError = "{\"error\":\"temporarily_unavailable\",\"error_description\":\"No node answers; try again later.\"}";

    private async Task AnswersAsync()
    {
        using var http = new HttpClient(NewSockets());
        for (var attempts = 0; attempts < 300; attempts++)
        {
            Assert.False(_process!.HasExited, $"nginx ended: {ErrorLog}");
            try
            {
                using var reply = await http.GetAsync($"{Origin}/.well-known/openid-configuration");
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
        Assert.Fail($"nginx does not answer: {ErrorLog}");
    }

    private string ErrorLog => File.Exists(Path.Combine(_folder, "error.log")) ? File.ReadAllText(Path.Combine(_folder, "error.log")) : "";
}
