using System.Collections.Concurrent;
using System.Text;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Identity.Tests.Outgoing;

/// <summary>An application's server that does what a server should not. Counts every request by its path.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly CancellationTokenSource _end = new();

    private HostileServer()
    {
        Port = new Uri(FreeAddresses.Take(1)[0]).Port;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(Address);
        builder.Logging.ClearProviders();
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    public int Port { get; }
    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>What <c>/keys</c> answers with.</summary>
    public string Keys { get; set; } = """{"keys":[]}""";

    public ConcurrentDictionary<string, int> Asked { get; } = new();

    public static async Task<HostileServer> StartAsync()
    {
        var server = new HostileServer();
        await server._application.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _application.DisposeAsync();
        _end.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        Asked.AddOrUpdate(path, 1, (_, count) => count + 1);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, http.RequestAborted);
        try
        {
            await AnswerAsync(http.Response, path, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The other side had enough, or the test is over.
        }
    }

    private async Task AnswerAsync(HttpResponse response, string path, CancellationToken ct)
    {
        switch (path)
        {
            case "/keys":
                await Task.Delay(50, ct);
                await response.WriteAsync(Keys, ct);
                break;
            case "/redirect":
                response.Redirect("/keys", permanent: false, preserveMethod: true);
                break;
            case "/loop":
                response.Redirect("/loop", permanent: false, preserveMethod: true);
                break;
            case "/silent":
                await Task.Delay(System.Threading.Timeout.Infinite, ct);
                break;
            case "/drip":
                while (true)
                {
                    await response.WriteAsync(" ", ct);
                    await response.Body.FlushAsync(ct);
                    await Task.Delay(100, ct);
                }
            case "/endless":
                var piece = Encoding.ASCII.GetBytes(new string(' ', 64 * 1024));
                while (true) await response.Body.WriteAsync(piece, ct);
            case "/headers":
                for (var i = 0; i < 400; i++) response.Headers[$"X-{i}"] = new string('x', 200);
                break;
        }
    }
}
