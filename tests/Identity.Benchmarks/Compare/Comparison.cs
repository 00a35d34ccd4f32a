using Identity.Benchmarks.Load;
using Identity.Benchmarks.Machine;
using Identity.Benchmarks.Stage;

namespace Identity.Benchmarks.Compare;

/// <summary>Starts everything, measures in turn (floor, first engine, second engine, floor …) so that a slow minute of the machine hits all alike.</summary>
internal sealed class Comparison(ComparisonOptions options)
{
    public const string Floor = "floor";

    private readonly List<Measurement> _measurements = [];
    private readonly List<StartFigures> _starts = [];

    public static async Task<ComparisonOutcome> MakeAsync(ComparisonOptions options, CancellationToken ct)
    {
        using var work = new WorkFolder(options.Stage.Folder);
        await OwnCores.BindAsync(options.Stage.LoadCores, ct);
        Say("Publishing the server …");
        var server = await PublishedServer.PublishAsync(options.Stage.ServerFolder, work.Root, ct);
        return await new Comparison(options).RunAsync(server, work, ct);
    }

    private async Task<ComparisonOutcome> RunAsync(PublishedServer server, WorkFolder work, CancellationToken ct)
    {
        await using var floor = await RunningNode.StartFloorAsync(work.Root, options.Stage.ServerCores, ct);
        _starts.Add(StartFigures.Of(Floor, floor));
        var installations = new List<Installation>();
        try
        {
            foreach (var engine in options.Engines)
            {
                Say($"Preparing {engine} …");
                var installation = await Installation.StartAsync(engine, server, options.Stage, work, ct);
                installations.Add(installation);
                _starts.AddRange(installation.Nodes.Select(node => StartFigures.Of(engine, node)));
            }
            for (var round = 1; round <= options.Rounds; round++) await RoundAsync(round, floor, installations, ct);
            return new(options, server.IsReadyToRun, _measurements, _starts);
        }
        finally
        {
            foreach (var installation in installations) await installation.DisposeAsync();
        }
    }

    private async Task RoundAsync(int round, RunningNode floor, List<Installation> installations, CancellationToken ct)
    {
        var floorsDone = new HashSet<string>();
        foreach (var path in options.Paths)
        {
            if (floorsDone.Add(path.FloorMode)) await MeasureAsync(round, path.FloorMode, Floor, FloorLoad(path.FloorMode, floor), ct);
            foreach (var installation in installations)
                await MeasureAsync(round, path.Name, installation.Settings.Provider, path.Options(ServerLoad(installation)), ct);
        }
    }

    private async Task MeasureAsync(int round, string path, string target, LoadOptions load, CancellationToken ct)
    {
        // Hashes fill a core by themselves: more of them at a time would measure how they wait for one another.
        var workers = path is MeasuredPath.PasswordFloor or "login" ? Math.Min(2, options.Workers) : options.Workers;
        var result = await LoadRun.MakeAsync(load with { Label = $"{path} on {target}, round {round}", Workers = workers, Time = options.Time, WarmUp = options.WarmUp }, ct);
        _measurements.Add(new(path, target, round, result));
        Say(result.ToString());
    }

    private LoadOptions ServerLoad(Installation installation) => BenchmarkClients.Load("cc", installation.Addresses) with
    {
        Processes = installation.Processes,
        DatabaseProcesses = installation.DatabaseProcesses,
        // One worker signs in for several others: hashing passwords is not what the other paths measure. No node remembers a session, so any will do.
        Sessions = Math.Min(2, options.Stage.Accounts),
        SeededSessions = options.SeededSessions,
        Credentials = BenchmarkClients.Credentials with { Accounts = options.Stage.Accounts },
    };

    private static LoadOptions FloorLoad(string mode, RunningNode floor) => BenchmarkClients.Load(mode == MeasuredPath.PasswordFloor ? "get" : mode, [floor.Address]) with
    {
        Processes = [floor.ProcessId],
        Url = new Uri(floor.Address, "/password").AbsoluteUri,
    };

    private static void Say(string text) => Console.Error.WriteLine(text);
}

internal sealed record Measurement(string Path, string Target, int Round, LoadResult Result);

internal sealed record StartFigures(string Target, double CpuSeconds, TimeSpan Time, double IdleMebibytes)
{
    public static StartFigures Of(string target, RunningNode node) => new(target, node.StartCpuSeconds, node.StartTime, node.IdleMebibytes);
}

internal sealed record ComparisonOutcome(ComparisonOptions Options, bool IsReadyToRun, IReadOnlyList<Measurement> Measurements, IReadOnlyList<StartFigures> Starts)
{
    /// <summary>The run that was disturbed least; null when none was clean.</summary>
    public LoadResult? Best(string path, string target) =>
        Measurements.Where(m => m.Path == path && m.Target == target && m.Result.IsClean).Select(m => m.Result).MinBy(r => r.TotalMicroseconds);

    public long Errors(string path, string target) => Measurements.Where(m => m.Path == path && m.Target == target).Sum(m => m.Result.Errors);

    /// <summary>Every run that was not clean: a figure with errors behind it is no figure.</summary>
    public IEnumerable<string> Problems => Measurements.Where(m => !m.Result.IsClean).Select(m =>
        $"{m.Path} on {m.Target}, round {m.Round}: {m.Result.Fatal ?? (m.Result.Errors > 0 ? $"{m.Result.Errors} error(s), first: {m.Result.FirstError}" : "no operation ended")}");
}
