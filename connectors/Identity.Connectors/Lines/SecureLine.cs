using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Identity.Protocols.Federation;

namespace Identity.Connectors.Lines;

/// <summary>
/// One connection to a directory or mail server. Before TLS nothing is read ahead: what an attacker put behind the answer to
/// STARTTLS would else be taken for the server's own words. It then falls into the handshake, which fails.
/// </summary>
internal sealed class SecureLine : IAsyncDisposable
{
    private readonly LineSettings _settings;
    private readonly TcpClient _tcp;
    private readonly byte[] _one = new byte[1];
    private Stream _stream;

    private SecureLine(LineSettings settings, TcpClient tcp) => (_settings, _tcp, _stream) = (settings, tcp, tcp.GetStream());

    /// <summary>With <see cref="LineSecurity.Tls"/> secured already; otherwise the protocol owes <see cref="SecureAsync"/> before it says anything.</summary>
    public static async Task<SecureLine> ConnectAsync(LineSettings settings, CancellationToken ct)
    {
        var tcp = new TcpClient { NoDelay = true };
        try
        {
            await tcp.ConnectAsync(settings.Host, settings.Port ?? settings.StandardPort, ct);
            var line = new SecureLine(settings, tcp);
            if (settings.Security == LineSecurity.Tls) await line.SecureAsync(ct);
            return line;
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    public async Task SecureAsync(CancellationToken ct)
    {
        var isUntrusted = false;
        var tls = new SslStream(_stream);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = _settings.Host,
            CertificateChainPolicy = Trust(),
            RemoteCertificateValidationCallback = (_, _, _, errors) => !(isUntrusted = errors != SslPolicyErrors.None),
        };
        try
        {
            await tls.AuthenticateAsClientAsync(options, ct);
            _stream = tls;
        }
        catch (AuthenticationException)
        {
            await tls.DisposeAsync();
            throw isUntrusted
                ? new LineException(UpstreamFailure.CertificateUntrusted, "the certificate is of another authority or for another name")
                : new LineException(UpstreamFailure.Unreachable, "no agreement about TLS");
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) => _stream.WriteAsync(bytes, ct);

    public async ValueTask<byte> ReadByteAsync(CancellationToken ct)
    {
        await _stream.ReadExactlyAsync(_one, ct);
        return _one[0];
    }

    public ValueTask ReadAsync(Memory<byte> bytes, CancellationToken ct) => _stream.ReadExactlyAsync(bytes, ct);

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _tcp.Dispose();
    }

    /// <summary>Null leaves the machine's own list of authorities in force.</summary>
    private X509ChainPolicy? Trust()
    {
        if (_settings.CaCertificates.Count + _settings.CaFiles.Count == 0) return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            foreach (var pem in _settings.CaCertificates) policy.CustomTrustStore.ImportFromPem(pem);
            foreach (var file in _settings.CaFiles) policy.CustomTrustStore.ImportFromPem(File.ReadAllText(file));
            return policy;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new LineException(UpstreamFailure.CertificateUntrusted, "a file of ca_files cannot be read on this node");
        }
    }
}
