using System.Diagnostics;
using Identity.Benchmarks.Machine;

namespace Identity.Benchmarks.Stage;

/// <summary>A server process on loopback, with what its start has cost.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly OwnedProcess _process;

    private RunningNode(OwnedProcess process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }
    public int ProcessId => _process.Id;

    /// <summary>CPU seconds from exec to the first answered request.</summary>
    public double StartCpuSeconds { get; private set; }
    public TimeSpan StartTime { get; private set; }

    /// <summary>Resident, after the first answer and a second of rest.</summary>
    public double IdleMebibytes { get; private set; }

    public static Task<RunningNode> StartServerAsync(PublishedServer server, ServerSettings settings, string cores, CancellationToken ct)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        return StartAsync(address, cores, ["dotnet", server.Program, "run"], settings.Environment(address), Path.Combine(settings.Folder, "server.log"), ct);
    }

    /// <summary>The floor lives in this program; it runs as a process of its own, as everything that is measured.</summary>
    public static Task<RunningNode> StartFloorAsync(string folder, string cores, CancellationToken ct)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        return StartAsync(address, cores, ["dotnet", typeof(RunningNode).Assembly.Location, "floor", "--port", $"{address.Port}"], new(), Path.Combine(folder, "floor.log"), ct);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<RunningNode> StartAsync(Uri address, string cores, string[] command, Dictionary<string, string> environment, string log, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var node = new RunningNode(OwnedProcess.Start(cores, command, environment, log), address);
        try
        {
            await node.AnswerAsync(started, ct);
            await Task.Delay(TimeSpan.FromSeconds(1), ct);
            node.IdleMebibytes = ProcessTrees.ResidentMebibytes([node.ProcessId]);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    private async Task AnswerAsync(long started, CancellationToken ct)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            if (_process.HasEnded) throw new BenchmarkException($"The server ended: {await File.ReadAllTextAsync(_process.LogFile, ct)}");
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, "/.well-known/openid-configuration"), ct);
                if (!answer.IsSuccessStatusCode) throw new BenchmarkException($"Discovery answered {(int)answer.StatusCode}: {await File.ReadAllTextAsync(_process.LogFile, ct)}");
                StartCpuSeconds = ProcessTrees.CpuSeconds([ProcessId]);
                StartTime = Stopwatch.GetElapsedTime(started);
                return;
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet; asking costs the server nothing.
                await Task.Delay(TimeSpan.FromMilliseconds(20), ct);
            }
        }
        throw new BenchmarkException($"The server did not answer within {Patience}.");
    }
}
