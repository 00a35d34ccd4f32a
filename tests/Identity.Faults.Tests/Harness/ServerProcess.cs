using System.Collections.Concurrent;
using System.Diagnostics;
using Identity.Tests.Harness;

namespace Identity.Faults.Tests.Harness;

/// <summary>One node: the built server as a process of its own, with its settings in the environment. It can be killed and started again on its port.</summary>
internal sealed class ServerProcess(IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private static readonly string Dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Identity.Server.dll");
    private Process? _process;

    public string Address { get; } = FreeAddresses.Take(1)[0].Replace("localhost", "127.0.0.1", StringComparison.Ordinal);
    public int Port => new Uri(Address).Port;
    public ConcurrentQueue<string> Log { get; } = new();
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Runs one of the operator's commands with the node's settings.</summary>
    public Task<string> CommandAsync(string[] arguments, string? input = null) => Programs.RunAsync(Dotnet, [Program, .. arguments], settings, input);

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Dotnet, [Program]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        start.Environment["Urls"] = Address;
        _process?.Dispose();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await AnswersAsync();
    }

    /// <summary>kill -9: no farewell, nothing finished.</summary>
    public async Task KillAsync()
    {
        if (!IsRunning) return;
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as every service manager and orchestrator sends it; returns when the node is gone.</summary>
    public async Task TerminateAsync()
    {
        await Programs.TerminateAsync(_process!);
        await _process!.WaitForExitAsync();
    }

    /// <summary>What the node answers itself, without the proxy in front of it.</summary>
    public async Task<HttpResponseMessage> GetAsync(HttpClient http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address + path);
        request.Headers.Add("X-Forwarded-Proto", "https");
        return await http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null) Log.Enqueue(line.Data);
    }

    private async Task AnswersAsync()
    {
        using var http = new HttpClient();
        for (var attempts = 0; attempts < 600; attempts++)
        {
            Assert.True(IsRunning, $"The node ended: {string.Join('\n', Log)}");
            try
            {
                using var reply = await GetAsync(http, "/.well-known/openid-configuration");
                if (reply.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
        Assert.Fail($"The node does not answer: {string.Join('\n', Log)}");
    }
}
