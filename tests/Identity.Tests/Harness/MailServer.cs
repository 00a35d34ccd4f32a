using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Identity.Sandbox.Mail;

namespace Identity.Tests.Harness;

/// <summary>A relay that takes mail, or does not, as the test says.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    private MailServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public ConcurrentQueue<ReceivedMail> Received { get; } = new();

    /// <summary>First words of every command, in order: <c>EHLO</c>, <c>STARTTLS</c>, <c>MAIL</c>, …</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>Answer to a command, by its first word; what is not in it is answered with 250.</summary>
    public ConcurrentDictionary<string, string> Answers { get; } = new();

    /// <summary>Offers STARTTLS with it.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Takes connections and says nothing.</summary>
    public bool IsSilent { get; set; }

    public static MailServer Start() => new();

    public static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
        _listener.Dispose();
        Certificate?.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = TalkAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient peer)
    {
        using (peer)
        {
            try
            {
                if (IsSilent) await Task.Delay(Timeout.Infinite, _end.Token);
                await TalkAsync(peer.GetStream(), isSecure: false);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client had enough, or the test is over.
            }
        }
    }

    private async Task TalkAsync(Stream stream, bool isSecure)
    {
        var (sender, recipients) = ("", new List<string>());
        if (!isSecure) await SayAsync(stream, Answers.GetValueOrDefault("", "220 relay.example ESMTP"));
        while (await LineAsync(stream) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            Commands.Enqueue(verb);
            if (Answers.TryGetValue(verb, out var answer))
            {
                await SayAsync(stream, answer);
                continue;
            }
            switch (verb)
            {
                case "EHLO":
                    await SayAsync(stream, Certificate is null || isSecure ? "250-relay.example\r\n250 AUTH LOGIN" : "250-relay.example\r\n250 STARTTLS");
                    break;
                case "STARTTLS":
                    await SayAsync(stream, "220 go");
                    await using (var secure = new SslStream(stream))
                    {
                        await secure.AuthenticateAsServerAsync(Certificate!);
                        await TalkAsync(secure, isSecure: true);
                    }
                    return;
                case "MAIL":
                    (sender, recipients) = (AddressIn(line), []);
                    await SayAsync(stream, "250 ok");
                    break;
                case "RCPT":
                    recipients.Add(AddressIn(line));
                    await SayAsync(stream, "250 ok");
                    break;
                case "DATA":
                    await SayAsync(stream, "354 go on");
                    Received.Enqueue(new(sender, recipients, await MailAsync(stream), DateTimeOffset.UtcNow));
                    await SayAsync(stream, Answers.GetValueOrDefault(".", "250 queued"));
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 bye");
                    return;
                default:
                    await SayAsync(stream, "250 ok");
                    break;
            }
        }
    }

    private static string AddressIn(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..].Split('>')[0];

    private async Task SayAsync(Stream stream, string answer) => await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), _end.Token);

    private async Task<string> MailAsync(Stream stream)
    {
        var mail = new StringBuilder();
        while (await LineAsync(stream) is { } line && line != ".") mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return mail.ToString();
    }

    /// <summary>Byte by byte: what follows STARTTLS belongs to TLS.</summary>
    private async Task<string?> LineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _end.Token) == 1)
        {
            if (one[0] == '\n') return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }
        return null;
    }
}
