using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Identity.Faults.Tests.Harness;

namespace Identity.Faults.Tests;

/// <summary>Requests that two readers could cut differently. Nothing hidden in one may reach a node as a request of its own.</summary>
[Collection(ProvinceCollection.Name)]
public sealed partial class SmugglingTests(Province province) : IAsyncLifetime
{
    private const string Hidden = "/hidden-";
    private const string Smuggled = "GET /hidden-ID HTTP/1.1\r\nHost: HOST\r\nX-Rest: ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public Task InitializeAsync() => province.MendAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public static TheoryData<string, string> Tricks()
    {
        var data = new TheoryData<string, string>();
        foreach (var (name, request) in Requests()) data.Add(name, request);
        return data;
    }

    [Theory, MemberData(nameof(Tricks))]
    public async Task M12_A_request_hidden_in_another_does_not_pass_nginx(string name, string request)
    {
        var id = Guid.NewGuid().ToString("N");
        await using var stream = await province.Proxy.ConnectAsync();
        var answers = await SendAsync(stream, Prepared(request, id));
        AssertHarmless(name, id, answers, [.. province.Nodes.SelectMany(n => n.Log)]);
    }

    /// <summary>The same straight at a node: another proxy may be more trusting than nginx.</summary>
    [Theory, MemberData(nameof(Tricks))]
    public async Task M12_A_request_hidden_in_another_does_not_pass_a_node(string name, string request)
    {
        var id = Guid.NewGuid().ToString("N");
        using var socket = new TcpClient("127.0.0.1", province.A.Port);
        var answers = await SendAsync(socket.GetStream(), Prepared(request, id));
        AssertHarmless(name, id, answers, [.. province.A.Log]);
    }

    /// <summary>nginx takes a bare line feed for a line's end; whoever stands in front and does not would pass this on as one header.</summary>
    [Fact]
    public async Task M12_A_bare_line_feed_ends_no_line_at_a_node()
    {
        var id = Guid.NewGuid().ToString("N");
        using var socket = new TcpClient("127.0.0.1", province.A.Port);
        var answers = await SendAsync(socket.GetStream(), Prepared(
            "GET / HTTP/1.1\r\nHost: HOST\r\nX-Forwarded-Proto: https\r\nX: a\n\nGET /hidden-ID HTTP/1.1\r\nHost: HOST\r\nX-Forwarded-Proto: https\r\n\r\n", id));
        AssertHarmless("bare line feed", id, answers, [.. province.A.Log]);
        Assert.StartsWith("HTTP/1.1 400", answers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M12_The_check_would_see_a_second_request()
    {
        var id = Guid.NewGuid().ToString("N");
        await using var stream = await province.Proxy.ConnectAsync();
        await SendAsync(stream, Prepared("GET /first HTTP/1.1\r\nHost: HOST\r\n\r\nGET /hidden-ID HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", id));
        Assert.True(await ReachedAsync(id));
    }

    private void AssertHarmless(string name, string id, string answers, string[] log)
    {
        Assert.DoesNotContain(log, line => line.Contains(Hidden + id, StringComparison.Ordinal));
        var statuses = Status().Matches(answers).Select(m => m.Groups[1].Value).ToArray();
        Assert.True(statuses.Length <= 1, $"{name}: {string.Join(' ', statuses)}");
        Assert.DoesNotContain(statuses, status => status.StartsWith('5') && status is not "501");
        Assert.DoesNotContain(province.Nodes, node => !node.IsRunning);
    }

    private async Task<bool> ReachedAsync(string id)
    {
        for (var attempts = 0; attempts < 50; attempts++)
        {
            if (province.Nodes.Any(n => n.Log.Any(line => line.Contains(Hidden + id, StringComparison.Ordinal)))) return true;
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
        return false;
    }

    /// <summary>Puts in what is known only now: host, mark, and the length of what is hidden.</summary>
    private string Prepared(string request, string id)
    {
        string Named(string text) => text.Replace("HOST", new Uri(province.Origin).Authority, StringComparison.Ordinal).Replace("ID", id, StringComparison.Ordinal);
        var length = Named(Smuggled).Length;
        return Named(request).Replace("LENGTH", $"{length}", StringComparison.Ordinal).Replace("LONGER", $"{length + 5}", StringComparison.Ordinal)
            .Replace("CHUNK", $"{length:x}", StringComparison.Ordinal);
    }

    private static async Task<string> SendAsync(Stream stream, string request)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        await stream.FlushAsync();
        using var patience = new CancellationTokenSource(Patience);
        var (answers, piece) = (new StringBuilder(), new byte[16 * 1024]);
        try
        {
            while (await stream.ReadAsync(piece, patience.Token) is var read and > 0) answers.Append(Encoding.Latin1.GetString(piece, 0, read));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Still waiting for the rest of what it takes for one request, or closed in anger: both are harmless.
        }
        return answers.ToString();
    }

    private static IEnumerable<(string Name, string Request)> Requests()
    {
        const string post = "POST /connect/token HTTP/1.1\r\nHost: HOST\r\nX-Forwarded-Proto: https\r\nContent-Type: application/x-www-form-urlencoded\r\n";
        yield return ("CL.TE", $"{post}Content-Length: LONGER\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Smuggled}");
        yield return ("TE.CL", $"{post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\nCHUNK\r\n{Smuggled}\r\n0\r\n\r\n");
        yield return ("TE.TE", $"{post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n{Smuggled}");
        yield return ("TE with a tab", $"{post}Content-Length: 5\r\nTransfer-Encoding:\tchunked, identity\r\n\r\n0\r\n\r\n{Smuggled}");
        yield return ("TE xchunked", $"{post}Content-Length: LENGTH\r\nTransfer-Encoding: xchunked\r\n\r\n{Smuggled}\r\n\r\n");
        yield return ("space before the colon", $"{post}Content-Length: 5\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n{Smuggled}");
        // CVE-2025-55315: a line feed alone inside a chunk extension ends the line for one reader and not for the other.
        yield return ("chunk extension with a bare line feed", $"{post}Transfer-Encoding: chunked\r\n\r\n2;\nxx\r\nCHUNK\r\n0\r\n\r\n{Smuggled}\r\n0\r\n\r\n");
        yield return ("chunk extension with a bare carriage return", $"{post}Transfer-Encoding: chunked\r\n\r\n2;\rxx\r\nCHUNK\r\n0\r\n\r\n{Smuggled}\r\n0\r\n\r\n");
        yield return ("chunk size with a sign", $"{post}Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n{Smuggled}");
        yield return ("chunk size that overflows", $"{post}Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n\r\n{Smuggled}");
        yield return ("obs-fold", $"{post}X-Fold: a\r\n Content-Length: 200\r\nContent-Length: 0\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n{Smuggled}");
        yield return ("two Content-Lengths", $"{post}Content-Length: 0\r\nContent-Length: LENGTH\r\n\r\n{Smuggled}");
        yield return ("a list of Content-Lengths", $"{post}Content-Length: 0, LENGTH\r\n\r\n{Smuggled}");
        yield return ("a signed Content-Length", $"{post}Content-Length: +0\r\n\r\n{Smuggled}");
        yield return ("absolute-form of a foreign host", $"GET http://internal.example/first HTTP/1.1\r\nHost: HOST\r\nX-Forwarded-Proto: https\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Smuggled}");
        yield return ("a body on GET", $"GET /first HTTP/1.1\r\nHost: HOST\r\nX-Forwarded-Proto: https\r\nContent-Length: LENGTH\r\n\r\n{Smuggled}");
        yield return ("HTTP/1.0 with chunks", $"POST /connect/token HTTP/1.0\r\nHost: HOST\r\nX-Forwarded-Proto: https\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Smuggled}");
        yield return ("HTTP/0.9", $"GET /first\r\n{Smuggled}\r\n\r\n");
    }

    [GeneratedRegex(@"^HTTP/1\.[01] (\d{3})", RegexOptions.Multiline)]
    private static partial Regex Status();
}
