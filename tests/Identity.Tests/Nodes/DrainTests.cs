using System.Net.Sockets;
using System.Text;

namespace Identity.Tests.Nodes;

/// <summary>A node is told to stop while people are at it.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task A_node_that_stops_fails_nobody_whom_the_balancer_sent_before_it_noticed()
    {
        await using var server = await ServerProcess.StartAsync(drainDelay: "00:00:03");
        using var balancer = new Balancer(server.Address);
        var visitors = Enumerable.Range(0, 8).Select(_ => balancer.SendUntilNotReadyAsync()).ToList();
        await balancer.HasSentAsync(50);
        // Half a request is under way when the signal comes, and its other half comes when the door has closed.
        using var slow = await SlowRequest.BeginAsync(server.Address);

        server.Terminate();
        await balancer.WatchUntilNotReadyAsync();
        var failures = (await Task.WhenAll(visitors)).SelectMany(f => f).ToList();
        await ClosedAsync(server.Address);
        var answer = await slow.FinishAsync();
        var (code, output, errors) = await server.EndAsync();

        Assert.Empty(failures);
        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
        Assert.Equal(0, code);
        Assert.Contains("Stopping: not ready any more", output, StringComparison.Ordinal);
        Assert.Equal("", errors);
    }

    private static Task ClosedAsync(string address) => Harness.Eventually.IsTrueAsync(async () =>
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync("localhost", new Uri(address).Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }, "the listener is closed");

    /// <summary>Sends visitors for as long as the node calls itself ready, as a load balancer does, and looks every tenth of a second.</summary>
    private sealed class Balancer(string address) : IDisposable
    {
        private readonly HttpClient _http = new();
        private volatile bool _sends = true;
        private int _sent;

        public Task HasSentAsync(int count) => Harness.Eventually.IsTrueAsync(() => Volatile.Read(ref _sent) >= count, "visitors are being served");

        public async Task<List<string>> SendUntilNotReadyAsync()
        {
            var failures = new List<string>();
            while (_sends)
            {
                try
                {
                    using var reply = await _http.GetAsync(new Uri($"{address}/.well-known/openid-configuration"));
                    if (!reply.IsSuccessStatusCode) failures.Add($"{(int)reply.StatusCode}");
                }
                catch (HttpRequestException failure)
                {
                    failures.Add(failure.Message);
                }
                Interlocked.Increment(ref _sent);
            }
            return failures;
        }

        public async Task WatchUntilNotReadyAsync()
        {
            await Harness.Eventually.IsTrueAsync(async () => !await ServerProcess.IsReadyAsync(_http, address), "the node says that it is not ready");
            await Task.Delay(TimeSpan.FromMilliseconds(500));
            _sends = false;
        }

        public void Dispose() => _http.Dispose();
    }

    private sealed class SlowRequest : IDisposable
    {
        private const string Body = "grant_type=client_credentials";
        private readonly TcpClient _connection = new();

        public static async Task<SlowRequest> BeginAsync(string address)
        {
            var request = new SlowRequest();
            await request._connection.ConnectAsync("localhost", new Uri(address).Port);
            await request.WriteAsync($"POST /connect/token HTTP/1.1\r\nHost: {new Uri(address).Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {Body.Length}\r\n\r\n{Body[..10]}");
            // The server has to have begun with it; the kernel would take it in any case.
            await Task.Delay(TimeSpan.FromMilliseconds(300));
            return request;
        }

        public async Task<string> FinishAsync()
        {
            await WriteAsync(Body[10..]);
            using var reader = new StreamReader(_connection.GetStream());
            return await reader.ReadLineAsync() ?? "";
        }

        public void Dispose() => _connection.Dispose();

        private async Task WriteAsync(string text) => await _connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
    }
}
