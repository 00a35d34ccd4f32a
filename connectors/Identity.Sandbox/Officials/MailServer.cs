using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Identity.Sandbox.Failures;

namespace Identity.Sandbox.Officials;

/// <summary>The door of the departments' mail server: IMAP over TLS, as far as asking for entry goes. Behind it there is no mail.</summary>
internal sealed class MailServer(SandboxOptions options, FailureSwitch failures) : BackgroundService
{
    const int LongestLine = 8192;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var certificate = MakeCertificate();
        if (options.ImapCertificateFile is { Length: > 0 } file) await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), stoppingToken);
        using var listener = new TcpListener(IPAddress.Loopback, options.ImapPort);
        listener.Start();
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(stoppingToken), certificate, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The sandbox is stopping.
        }
    }

    async Task ServeAsync(TcpClient peer, X509Certificate2 certificate, CancellationToken ct)
    {
        using (peer)
        {
            try
            {
                if (failures.Everywhere == Failure.Down) return;
                if (failures.Everywhere == Failure.Slow) await Task.Delay(TimeSpan.FromSeconds(failures.SlowSeconds), ct);
                await using var line = new SslStream(peer.GetStream());
                await line.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, ct);
                await TalkAsync(line, ct);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or AuthenticationException)
            {
                // The other side is gone, or does not trust us.
            }
        }
    }

    /// <summary>RFC 3501 and RFC 4616.</summary>
    static async Task TalkAsync(Stream line, CancellationToken ct)
    {
        await SayAsync(line, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] sandbox", ct);
        while (await ReadAsync(line, ct) is { } command)
        {
            if (command.Split(' ') is not [var tag, var verb, .. var rest]) return;
            switch (verb.ToUpperInvariant())
            {
                case "AUTHENTICATE" when rest is ["PLAIN"]:
                    await SayAsync(line, "+ ", ct);
                    await SayAsync(line, Opens(await ReadAsync(line, ct)) ? $"{tag} OK welcome" : $"{tag} NO [AUTHENTICATIONFAILED] no", ct);
                    break;
                case "CAPABILITY":
                    await SayAsync(line, "* CAPABILITY IMAP4rev1 AUTH=PLAIN", ct);
                    await SayAsync(line, $"{tag} OK", ct);
                    break;
                case "LOGOUT":
                    await SayAsync(line, "* BYE", ct);
                    await SayAsync(line, $"{tag} OK", ct);
                    return;
                default:
                    await SayAsync(line, $"{tag} BAD not here", ct);
                    break;
            }
        }
    }

    static bool Opens(string? answer)
    {
        var bytes = new byte[answer?.Length ?? 0];
        if (!Convert.TryFromBase64String(answer ?? "", bytes, out var length)) return false;
        return Encoding.UTF8.GetString(bytes, 0, length).Split('\0') is [_, var name, SyntheticOfficials.Password]
            && SyntheticOfficials.AtMailServer.Any(o => o.Address == name);
    }

    static Task SayAsync(Stream line, string text, CancellationToken ct) => line.WriteAsync(Encoding.UTF8.GetBytes(text + "\r\n"), ct).AsTask();

    static async Task<string?> ReadAsync(Stream line, CancellationToken ct)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (bytes.Count < LongestLine && await line.ReadAsync(one, ct) == 1)
            if (one[0] == '\n') return Encoding.UTF8.GetString([.. bytes]).TrimEnd('\r');
            else bytes.Add(one[0]);
        return null;
    }

    /// <summary>Made at every start: nobody can trust it by mistake for longer than the sandbox runs.</summary>
    static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=SANDBOX mail server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(30));
    }
}
