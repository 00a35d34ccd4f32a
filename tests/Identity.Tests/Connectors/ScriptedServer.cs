using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Identity.Tests.Connectors;

/// <summary>A server on loopback that does what the test says, to the point of being impossible; with a certificate of its own.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Stream, CancellationToken, Task> _script;
    private readonly X509Certificate2 _certificate;
    private int _open;

    private ScriptedServer(Func<Stream, CancellationToken, Task> script, string certifiedName)
    {
        (_script, _certificate) = (script, Certificate(certifiedName));
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public string Pem => _certificate.ExportCertificatePem();
    public int Connections { get; private set; }

    /// <summary>The most that were open at once.</summary>
    public int MostOpen { get; private set; }

    /// <summary>The script speaks in the clear; it may change to TLS by <see cref="SecureAsync"/>.</summary>
    public static ScriptedServer Plain(Func<ScriptedServer, Stream, CancellationToken, Task> script, string certifiedName = "127.0.0.1")
    {
        ScriptedServer? self = null;
        return self = new ScriptedServer((stream, ct) => script(self!, stream, ct), certifiedName);
    }

    public static ScriptedServer Tls(Func<Stream, CancellationToken, Task> script, string certifiedName = "127.0.0.1") =>
        Plain(async (self, stream, ct) => await script(await self.SecureAsync(stream, ct), ct), certifiedName);

    public async Task<Stream> SecureAsync(Stream stream, CancellationToken ct)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, ct);
        return tls;
    }

    public static async Task<string> ReadLineAsync(Stream stream, CancellationToken ct)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, ct) == 1 && one[0] != '\n') line.Add(one[0]);
        return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
    }

    public static Task SayAsync(Stream stream, string text, CancellationToken ct) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct).AsTask();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        _certificate.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Connections++;
        MostOpen = Math.Max(MostOpen, Interlocked.Increment(ref _open));
        try
        {
            using (client) await _script(client.GetStream(), _stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
        {
            // The visitor left, as most of these tests want.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=scripted", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
