using System.Text;
using System.Text.RegularExpressions;
using Identity.Connectors.Lines;
using Identity.Protocols.Federation;

namespace Identity.Connectors.Imap;

/// <summary>The part of RFC 3501 that asks for entry: greeting, STARTTLS, one attempt, goodbye.</summary>
internal sealed partial class ImapLine : IAsyncDisposable
{
    private const int LongestLine = 8192;
    private const int MostLines = 100;

    private readonly SecureLine _line;
    private int _lastTag;

    private ImapLine(SecureLine line) => _line = line;

    public static async Task<ImapLine> OpenAsync(ImapConnectorSettings settings, CancellationToken ct)
    {
        var line = new ImapLine(await SecureLine.ConnectAsync(settings, ct));
        try
        {
            await line.GreetAsync(ct);
            if (settings.Security == LineSecurity.StartTls) await line.UpgradeAsync(ct);
            return line;
        }
        catch
        {
            await line._line.DisposeAsync();
            throw;
        }
    }

    /// <summary>RFC 4616: the name that acts is left out, so it is the name that signs in.</summary>
    public async Task<ImapReply> AuthenticatePlainAsync(string name, string password, CancellationToken ct)
    {
        var tag = await SendAsync("AUTHENTICATE PLAIN", ct);
        if (await ReadReplyAsync(tag, ct) is { IsContinuation: false } refused) return refused;
        await SendRawAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{name}\0{password}")) + "\r\n", ct);
        return await ReadReplyAsync(tag, ct);
    }

    /// <summary>With literals, whose length is said first: no letter in them can end the command.</summary>
    public async Task<ImapReply> LoginAsync(string name, string password, CancellationToken ct)
    {
        var (nameBytes, passwordBytes) = (Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(password));
        var tag = await SendAsync($"LOGIN {{{nameBytes.Length}}}", ct);
        if (await ReadReplyAsync(tag, ct) is { IsContinuation: false } refused) return refused;
        await SendRawAsync($"{name} {{{passwordBytes.Length}}}\r\n", ct);
        if (await ReadReplyAsync(tag, ct) is { IsContinuation: false } refusedLater) return refusedLater;
        await SendRawAsync($"{password}\r\n", ct);
        return await ReadReplyAsync(tag, ct);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var moment = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            await SendAsync("LOGOUT", moment.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // It is over either way.
        }
        await _line.DisposeAsync();
    }

    /// <summary>A greeting of PREAUTH would let in whoever comes, and forbids STARTTLS (RFC 3501 §7.1.4): nothing is proved by it.</summary>
    private async Task GreetAsync(CancellationToken ct)
    {
        var greeting = await ReadLineAsync(ct);
        if (greeting.StartsWith("* BYE", StringComparison.OrdinalIgnoreCase)) throw new LineException(UpstreamFailure.Unreachable, "the server takes no visitors now");
        if (!greeting.StartsWith("* OK", StringComparison.OrdinalIgnoreCase)) throw new LineException(UpstreamFailure.Malformed, "a greeting that is not IMAP's");
    }

    private async Task UpgradeAsync(CancellationToken ct)
    {
        var tag = await SendAsync("STARTTLS", ct);
        var reply = await ReadReplyAsync(tag, ct);
        if (!reply.IsOk) throw new LineException(UpstreamFailure.Refused, "STARTTLS was refused");
        await _line.SecureAsync(ct);
    }

    private async Task<string> SendAsync(string command, CancellationToken ct)
    {
        var tag = $"a{++_lastTag}";
        await SendRawAsync($"{tag} {command}\r\n", ct);
        return tag;
    }

    private ValueTask SendRawAsync(string text, CancellationToken ct) => _line.SendAsync(Encoding.UTF8.GetBytes(text), ct);

    /// <summary>The tagged answer, or the invitation to go on; what is untagged in between is not about this.</summary>
    private async Task<ImapReply> ReadReplyAsync(string tag, CancellationToken ct)
    {
        for (var lines = 0; lines < MostLines; lines++)
        {
            var line = await ReadLineAsync(ct);
            if (line.StartsWith('+')) return new ImapReply(ImapStatus.Continue, null);
            if (line.StartsWith("* BYE", StringComparison.OrdinalIgnoreCase)) throw new LineException(UpstreamFailure.Unreachable, "the server ended the conversation");
            if (!line.StartsWith(tag + " ", StringComparison.Ordinal)) continue;
            var rest = line[(tag.Length + 1)..];
            var code = ResponseCode().Match(rest);
            return new ImapReply(
                rest.StartsWith("OK", StringComparison.OrdinalIgnoreCase) ? ImapStatus.Ok
                : rest.StartsWith("NO", StringComparison.OrdinalIgnoreCase) ? ImapStatus.No
                : ImapStatus.Bad,
                code.Success ? code.Groups[1].Value.ToUpperInvariant() : null);
        }
        throw new LineException(UpstreamFailure.Malformed, "lines without an answer among them");
    }

    private async Task<string> ReadLineAsync(CancellationToken ct)
    {
        var line = new List<byte>();
        while (line.Count < LongestLine)
        {
            var next = await _line.ReadByteAsync(ct);
            if (next == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(next);
        }
        throw new LineException(UpstreamFailure.Malformed, "a line without an end");
    }

    /// <summary>RFC 5530: the word in brackets after OK, NO or BAD.</summary>
    [GeneratedRegex(@"^[A-Za-z]{2,3} \[([A-Za-z-]{1,40})[\] ]")]
    private static partial Regex ResponseCode();
}

internal enum ImapStatus
{
    Ok,
    No,
    Bad,
    Continue,
}

internal sealed record ImapReply(ImapStatus Status, string? Code)
{
    public bool IsOk => Status == ImapStatus.Ok;
    public bool IsContinuation => Status == ImapStatus.Continue;
}
