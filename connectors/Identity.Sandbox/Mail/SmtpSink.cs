using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Identity.Sandbox.Mail;

/// <summary>Takes every mail on a loopback port and sends none on. No TLS: it is for one machine only.</summary>
internal sealed class SmtpSink(int port, TimeProvider clock) : BackgroundService
{
    const int Kept = 100;
    const int LongestLine = 100_000;
    const int LongestMail = 2_000_000;

    readonly ConcurrentQueue<ReceivedMail> received = new();

    public IReadOnlyList<ReceivedMail> Newest => [.. received.Reverse()];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(stoppingToken), stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The sandbox is stopping.
        }
    }

    async Task ServeAsync(TcpClient peer, CancellationToken ct)
    {
        using (peer)
        {
            try
            {
                // Latin1 keeps every byte; mails of ours are ASCII on the wire.
                using var reader = new StreamReader(peer.GetStream(), Encoding.Latin1);
                await using var writer = new StreamWriter(peer.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 sandbox ESMTP");
                await TalkAsync(reader, writer, ct);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The other side is gone.
            }
        }
    }

    async Task TalkAsync(StreamReader reader, StreamWriter writer, CancellationToken ct)
    {
        var (sender, recipients) = ("", new List<string>());
        while (await reader.ReadLineAsync(ct) is { Length: < LongestLine } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "MAIL":
                    (sender, recipients) = (Address(line), []);
                    break;
                case "RCPT":
                    recipients.Add(Address(line));
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    Keep(new(sender, recipients, await ReadMailAsync(reader, ct), clock.GetUtcNow()));
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
            }
            await writer.WriteLineAsync("250 ok");
        }
    }

    static async Task<string> ReadMailAsync(StreamReader reader, CancellationToken ct)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(ct) is { } line && line != "." && mail.Length < LongestMail)
            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return mail.ToString();
    }

    void Keep(ReceivedMail mail)
    {
        received.Enqueue(mail);
        while (received.Count > Kept) received.TryDequeue(out _);
    }

    static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..].Split('>')[0];
}
