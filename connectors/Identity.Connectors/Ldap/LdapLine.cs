using Identity.Connectors.Lines;
using Identity.Protocols.Federation;

namespace Identity.Connectors.Ldap;

/// <summary>
/// One conversation with a directory (RFC 4511): a question, its answer, the next question. Referrals are never followed, because
/// they would carry a password to a server that nobody configured.
/// </summary>
internal sealed class LdapLine : IAsyncDisposable
{
    private const int LongestMessage = 1 << 20;
    private const byte Sequence = 0x30;

    private readonly SecureLine _line;
    private int _lastId;

    private LdapLine(SecureLine line) => _line = line;

    public static async Task<LdapLine> OpenAsync(LdapConnectorSettings settings, CancellationToken ct)
    {
        var line = new LdapLine(await SecureLine.ConnectAsync(settings, ct));
        try
        {
            if (settings.Security == LineSecurity.StartTls) await line.UpgradeAsync(ct);
            return line;
        }
        catch
        {
            await line._line.DisposeAsync();
            throw;
        }
    }

    public async Task<LdapResult> BindAsync(string dn, string password, CancellationToken ct)
    {
        // RFC 4513 §5.1.2: without a password the server may say "success" and has proved nothing.
        if (dn.Length == 0 || password.Length == 0) throw new LineException(UpstreamFailure.Refused, "a bind without a name or a password proves nothing");
        var id = ++_lastId;
        await _line.SendAsync(LdapMessages.Bind(id, dn, password), ct);
        return (await ReceiveAsync(id, LdapOperation.BindResponse, ct)).Result!;
    }

    /// <param name="pageCookie">What the page before ended with.</param>
    public async Task<LdapFound> SearchAsync(LdapQuery query, byte[]? pageCookie, CancellationToken ct)
    {
        var id = ++_lastId;
        await _line.SendAsync(LdapMessages.Search(id, query, pageCookie), ct);
        var most = query.PageSize ?? query.SizeLimit;
        var entries = new List<LdapEntry>();
        while (true)
        {
            var message = await ReceiveAsync(id, ct);
            switch (message.Operation)
            {
                case LdapOperation.SearchResultEntry when entries.Count < most:
                    entries.Add(message.Entry!);
                    break;
                case LdapOperation.SearchResultReference:
                    break;
                case LdapOperation.SearchResultDone:
                    return new LdapFound(message.Result!, entries, message.PageCookie);
                default:
                    throw new LineException(UpstreamFailure.Malformed, "more or other answers than were asked for");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Without it a server logs every sign-in as a lost connection. Not waited for beyond a moment.
            using var moment = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            await _line.SendAsync(LdapMessages.Unbind(++_lastId), moment.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // It is over either way.
        }
        await _line.DisposeAsync();
    }

    /// <summary>RFC 4511 §4.14.</summary>
    private async Task UpgradeAsync(CancellationToken ct)
    {
        var id = ++_lastId;
        await _line.SendAsync(LdapMessages.StartTls(id), ct);
        var result = (await ReceiveAsync(id, LdapOperation.ExtendedResponse, ct)).Result!;
        if (result.Code != LdapResult.Success) throw new LineException(UpstreamFailure.Refused, $"StartTLS was refused: {result}");
        await _line.SecureAsync(ct);
    }

    private async Task<LdapMessage> ReceiveAsync(int id, LdapOperation expected, CancellationToken ct)
    {
        var message = await ReceiveAsync(id, ct);
        return message.Operation == expected ? message : throw new LineException(UpstreamFailure.Malformed, "an answer to another question");
    }

    private async Task<LdapMessage> ReceiveAsync(int id, CancellationToken ct)
    {
        var message = LdapMessages.Read(await ReadAsync(ct));
        // §4.4.1: a message without a question says that the server is about to close.
        if (message.Id == 0) throw new LineException(UpstreamFailure.Unreachable, $"the server closes: {message.Result}");
        return message.Id == id ? message : throw new LineException(UpstreamFailure.Malformed, "an answer to another question");
    }

    /// <summary>§5.1: definite lengths only.</summary>
    private async Task<byte[]> ReadAsync(CancellationToken ct)
    {
        if (await _line.ReadByteAsync(ct) != Sequence) throw new LineException(UpstreamFailure.Malformed, "an answer that is not LDAP");
        var header = new List<byte> { Sequence, await _line.ReadByteAsync(ct) };
        long length = header[1];
        if (length >= 0x80)
        {
            var count = (int)length & 0x7F;
            if (count is 0 or > 4) throw new LineException(UpstreamFailure.Malformed, "a length that is none");
            length = 0;
            for (var i = 0; i < count; i++)
            {
                header.Add(await _line.ReadByteAsync(ct));
                length = (length << 8) | header[^1];
            }
        }
        if (length > LongestMessage) throw new LineException(UpstreamFailure.Malformed, "an answer of more than a megabyte");
        var message = new byte[header.Count + (int)length];
        header.CopyTo(message);
        await _line.ReadAsync(message.AsMemory(header.Count), ct);
        return message;
    }
}

internal sealed record LdapFound(LdapResult Result, IReadOnlyList<LdapEntry> Entries, byte[] NextPage);
