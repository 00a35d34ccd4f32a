using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;
using Identity.Benchmarks.Machine;

namespace Identity.Benchmarks.Load;

/// <summary>
/// Closed loop: every worker sends its next request when the last one is answered. What ends inside the measured time counts: about as much
/// was begun before it as is still under way after it, so that CPU time per operation is right for slow ones too.
/// </summary>
internal sealed class LoadRun
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(20);
    private readonly LoadOptions _options;
    private readonly Scenario _scenario;
    private readonly Worker[] _workers;
    private volatile bool _isMeasuring;
    private volatile bool _isOver;

    private LoadRun(LoadOptions options, IReadOnlyList<ProviderClient> nodes)
    {
        _options = options;
        _scenario = Scenarios.Of(options, new TokenPool(options.Tokens));
        _workers = [.. Enumerable.Range(0, options.Workers).Select(n => new Worker(new(n, options, nodes[n % nodes.Count])))];
    }

    /// <summary>Never throws for what the provider did: a run that could not be made says so in its result.</summary>
    public static async Task<LoadResult> MakeAsync(LoadOptions options, CancellationToken ct)
    {
        var nodes = new List<ProviderClient>();
        try
        {
            foreach (var node in options.Bases) nodes.Add(await ProviderClient.ConnectAsync(options, node, ct));
            var run = new LoadRun(options, nodes);
            await run.PrepareAsync(ct);
            return await run.MeasureAsync(ct);
        }
        catch (Exception problem) when (problem is LoadException or HttpRequestException or JsonException || (problem is TaskCanceledException && !ct.IsCancellationRequested))
        {
            return new() { Label = options.Label, Mode = options.Mode, Workers = options.Workers, Fatal = problem.Message };
        }
        finally
        {
            foreach (var node in nodes) node.Dispose();
        }
    }

    /// <summary>Sessions and tokens are made one worker after the other, before the clock starts.</summary>
    private async Task PrepareAsync(CancellationToken ct)
    {
        foreach (var worker in _workers)
        {
            ct.ThrowIfCancellationRequested();
            if (_options.Sessions > 0 && worker.Visitor.Number >= _options.Sessions)
                worker.Visitor.Cookies.CopyFrom(_workers[worker.Visitor.Number % _options.Sessions].Visitor.Cookies);
            await _scenario.Prepare(worker.Visitor);
        }
    }

    private async Task<LoadResult> MeasureAsync(CancellationToken ct)
    {
        var loops = _workers.Select(w => Task.Run(() => LoopAsync(w), CancellationToken.None)).ToArray();
        try
        {
            await Task.Delay(_options.WarmUp, ct);
            var before = Reading.Take(_options);
            _isMeasuring = true;
            await Task.Delay(_options.Time, ct);
            _isMeasuring = false;
            return Result(before, Reading.Take(_options));
        }
        finally
        {
            _isOver = true;
            await Task.WhenAll(loops);
        }
    }

    private async Task LoopAsync(Worker worker)
    {
        while (!_isOver)
        {
            var started = Stopwatch.GetTimestamp();
            worker.Visitor.Requests = 0;
            try
            {
                await _scenario.Operate(worker.Visitor);
                if (_isMeasuring) worker.Count(Stopwatch.GetElapsedTime(started));
            }
            catch (Exception problem)
            {
                // Whatever went wrong is a failed operation of the provider or of its answer; the run goes on and tells.
                if (_isMeasuring) worker.Errors++;
                worker.FirstError ??= $"{problem.GetType().Name}: {problem.Message}";
                await Task.Delay(PauseAfterError);
            }
        }
    }

    private LoadResult Result(Reading before, Reading after)
    {
        var seconds = Stopwatch.GetElapsedTime(before.At, after.At).TotalSeconds;
        var times = _workers.SelectMany(w => w.Milliseconds).ToArray();
        Array.Sort(times);
        var (ops, requests) = (times.Length, _workers.Sum(w => w.Requests));
        var (server, database, own) = (after.Server - before.Server, after.Database - before.Database, after.Own - before.Own);
        double PerOp(double cpu) => ops == 0 ? 0 : Math.Round(cpu / ops * 1e6, 1);
        return new()
        {
            Label = _options.Label,
            Mode = _options.Mode,
            Workers = _options.Workers,
            Seconds = Math.Round(seconds, 2),
            Ops = ops,
            OpsPerSecond = Math.Round(ops / seconds, 1),
            RequestsPerSecond = Math.Round(requests / seconds, 1),
            P50 = Percentile.Of(times, 0.50),
            P95 = Percentile.Of(times, 0.95),
            P99 = Percentile.Of(times, 0.99),
            Longest = Percentile.Of(times, 1),
            Errors = _workers.Sum(w => w.Errors),
            FirstError = _workers.Select(w => w.FirstError).FirstOrDefault(e => e is not null),
            ServerMicroseconds = PerOp(server),
            DatabaseMicroseconds = PerOp(database),
            ServerCpuCores = Math.Round(server / seconds, 2),
            LoadCpuCores = Math.Round(own / seconds, 2),
            OthersCpuCores = Math.Round(Math.Max(0, after.Machine.Busy - before.Machine.Busy - own - server - database) / seconds, 2),
            StealCores = Math.Round((after.Machine.Stolen - before.Machine.Stolen) / seconds, 3),
            ServerMebibytes = ProcessTrees.ResidentMebibytes(_options.Processes),
            TokenAlg = AlgorithmOf(_workers[0].Visitor.AccessToken),
            TokenLength = _workers[0].Visitor.AccessToken?.Length,
            RefreshRotates = _options.Mode == "refresh" ? _workers.Any(w => w.Visitor.HasRotated) : null,
        };
    }

    private static string? AlgorithmOf(string? token)
    {
        if (token is null) return null;
        if (token.Count(c => c == '.') != 2) return "opaque";
        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(0, token.IndexOf('.', StringComparison.Ordinal))));
        return header.RootElement.GetProperty("alg").GetString();
    }

    private sealed class Worker(Visitor visitor)
    {
        public Visitor Visitor => visitor;
        public List<double> Milliseconds { get; } = new(1 << 14);
        public long Requests { get; private set; }
        public long Errors { get; set; }
        public string? FirstError { get; set; }

        public void Count(TimeSpan elapsed)
        {
            Milliseconds.Add(elapsed.TotalMilliseconds);
            Requests += visitor.Requests;
        }
    }

    private sealed record Reading(long At, double Server, double Database, double Own, (double Busy, double Stolen) Machine)
    {
        public static Reading Take(LoadOptions options) => new(Stopwatch.GetTimestamp(), ProcessTrees.CpuSeconds(options.Processes),
            ProcessTrees.CpuSeconds(options.DatabaseProcesses), Environment.CpuUsage.TotalTime.TotalSeconds, ProcessTrees.Machine());
    }
}

internal static class Percentile
{
    public static double Of(IReadOnlyList<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : Math.Round(sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))], 3);
}
