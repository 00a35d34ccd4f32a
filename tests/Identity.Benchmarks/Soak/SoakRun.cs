using System.Diagnostics;
using Identity.Benchmarks.Load;
using Identity.Benchmarks.Machine;
using Identity.Benchmarks.Stage;

namespace Identity.Benchmarks.Soak;

/// <summary>Finds what the installation can do, then asks a share of it for a long time and writes down what changes.</summary>
internal sealed class SoakRun(SoakOptions options, Installation installation, StorageSize storage)
{
    private readonly List<SoakSample> _samples = [];
    private readonly Dictionary<string, int> _errors = [];

    public static async Task<SoakOutcome> MakeAsync(SoakOptions options, CancellationToken ct)
    {
        using var work = new WorkFolder(options.Stage.Folder);
        await OwnCores.BindAsync(options.Stage.LoadCores, ct);
        var server = await PublishedServer.PublishAsync(options.Stage.ServerFolder, work.Root, ct);
        await using var installation = await Installation.StartAsync(options.Engine, server, options.Stage, work, ct);
        await using var storage = new StorageSize(installation.Settings);
        return await new SoakRun(options, installation, storage).RunAsync(ct);
    }

    private async Task<SoakOutcome> RunAsync(CancellationToken ct)
    {
        var load = BenchmarkClients.Load("mix", installation.Addresses) with { Workers = options.Workers, Credentials = BenchmarkClients.Credentials with { Accounts = options.Stage.Accounts } };
        var nodes = new List<ProviderClient>();
        try
        {
            foreach (var address in installation.Addresses) nodes.Add(await ProviderClient.ConnectAsync(load, address, ct));
            var visitors = Enumerable.Range(0, options.Workers).Select(n => new Visitor(n, load, nodes[n % nodes.Count])).ToList();
            foreach (var visitor in visitors) await Scenarios.EnterAsync(visitor);
            var traffic = new PacedLoad(visitors);
            var capacity = await FindCapacityAsync(traffic, ct);
            var interrupted = !await SoakAsync(traffic, capacity * options.Load, ct);
            return new(options, capacity, _samples, _errors, interrupted);
        }
        finally
        {
            foreach (var node in nodes) node.Dispose();
        }
    }

    private async Task<double> FindCapacityAsync(PacedLoad traffic, CancellationToken ct)
    {
        await traffic.RunAsync(null, options.CapacityTime, ct);
        Note(traffic.Take().Errors);
        var started = Stopwatch.GetTimestamp();
        await traffic.RunAsync(null, options.CapacityTime, ct);
        var (times, errors) = traffic.Take();
        Note(errors);
        var capacity = times.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (capacity == 0) throw new BenchmarkException($"Nothing was answered: {errors.Keys.FirstOrDefault()}");
        await Console.Error.WriteLineAsync(FormattableString.Invariant($"capacity {capacity:0} operations/s; {capacity * options.Load:0} from now on"));
        return capacity;
    }

    /// <summary>False when it was cut short: an hour's figures must not be lost with its last minute.</summary>
    private async Task<bool> SoakAsync(PacedLoad traffic, double rate, CancellationToken ct)
    {
        await using var file = new StreamWriter(options.Csv.FullName, append: false) { AutoFlush = true };
        await file.WriteLineAsync(SoakSample.Head);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var running = traffic.RunAsync(rate, options.Time, end.Token);
        var started = Stopwatch.GetTimestamp();
        var before = Reading.Take(installation);
        try
        {
            while (!running.IsCompleted)
            {
                await Task.WhenAny(running, Task.Delay(options.SampleEvery, ct));
                var after = Reading.Take(installation);
                _samples.Add(await SampleAsync(traffic, started, before, after, ct));
                await file.WriteLineAsync(_samples[^1].ToString());
                before = after;
            }
            await running;
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            await end.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<SoakSample> SampleAsync(PacedLoad traffic, long started, Reading before, Reading after, CancellationToken ct)
    {
        var (times, errors) = traffic.Take();
        Note(errors);
        double PerOp(double cpu) => times.Count == 0 ? 0 : cpu / times.Count * 1e6;
        return new(
            Stopwatch.GetElapsedTime(started).TotalSeconds, times.Count, times.Count / Stopwatch.GetElapsedTime(before.At, after.At).TotalSeconds,
            Percentile.Of(times, 0.50), Percentile.Of(times, 0.99), Percentile.Of(times, 1), errors.Values.Sum(), PerOp(after.Server - before.Server), PerOp(after.Database - before.Database),
            ProcessTrees.ResidentMebibytes(installation.Processes), ProcessTrees.ProportionalMebibytes(installation.DatabaseProcesses), await storage.ReadAsync(ct));
    }

    private void Note(IReadOnlyDictionary<string, int> errors)
    {
        foreach (var (words, count) in errors) _errors[words] = _errors.GetValueOrDefault(words) + count;
    }

    private sealed record Reading(long At, double Server, double Database)
    {
        public static Reading Take(Installation installation) =>
            new(Stopwatch.GetTimestamp(), ProcessTrees.CpuSeconds(installation.Processes), ProcessTrees.CpuSeconds(installation.DatabaseProcesses));
    }
}

internal sealed record SoakOptions(TimeSpan Time, double Load, int Workers, TimeSpan CapacityTime, TimeSpan SampleEvery, string Engine, FileInfo Csv, StageOptions Stage);

internal sealed record SoakOutcome(SoakOptions Options, double Capacity, IReadOnlyList<SoakSample> Samples, IReadOnlyDictionary<string, int> Errors, bool WasInterrupted);
