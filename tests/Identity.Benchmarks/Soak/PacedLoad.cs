using System.Diagnostics;
using Identity.Benchmarks.Load;

namespace Identity.Benchmarks.Soak;

/// <summary>
/// Open loop: operations fall due at a fixed rate whatever the server does, and a time counts from when one was due. A server
/// that stalls is thus charged for everybody who waits, not only for the first. Without a rate it is a closed loop.
/// </summary>
internal sealed class PacedLoad(IReadOnlyList<Visitor> visitors)
{
    private readonly Lock _gate = new();
    private List<double> _milliseconds = [];
    private Dictionary<string, int> _errors = [];

    public async Task RunAsync(double? opsPerSecond, TimeSpan time, CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        end.CancelAfter(time);
        await Task.WhenAll(visitors.Select(v => Task.Run(() => LoopAsync(v, opsPerSecond, end.Token), CancellationToken.None)));
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>What has happened since the last call: times in order, and errors by their words.</summary>
    public (IReadOnlyList<double> Milliseconds, IReadOnlyDictionary<string, int> Errors) Take()
    {
        List<double> times;
        Dictionary<string, int> errors;
        lock (_gate) (times, errors, _milliseconds, _errors) = (_milliseconds, _errors, [], []);
        times.Sort();
        return (times, errors);
    }

    private async Task LoopAsync(Visitor visitor, double? opsPerSecond, CancellationToken end)
    {
        var started = Stopwatch.GetTimestamp();
        var interval = opsPerSecond is { } rate ? TimeSpan.FromSeconds(visitors.Count / rate) : TimeSpan.Zero;
        // Spread over the interval, or all workers would knock at once.
        var due = interval * visitor.Number / visitors.Count;
        while (!end.IsCancellationRequested)
        {
            var wait = due - Stopwatch.GetElapsedTime(started);
            if (interval > TimeSpan.Zero && wait > TimeSpan.Zero) await Task.Delay(wait, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.IsCancellationRequested) return;
            if (interval == TimeSpan.Zero) due = Stopwatch.GetElapsedTime(started);
            await OperateAsync(visitor, started, due);
            due += interval;
        }
    }

    private async Task OperateAsync(Visitor visitor, long started, TimeSpan due)
    {
        var (name, operate) = TrafficMix.Next();
        try
        {
            await operate(visitor);
            var milliseconds = (Stopwatch.GetElapsedTime(started) - due).TotalMilliseconds;
            lock (_gate) _milliseconds.Add(milliseconds);
        }
        catch (Exception problem)
        {
            // Whatever went wrong is a failed operation; the soak goes on and tells.
            var words = $"{name}: {problem.Message}";
            lock (_gate) _errors[words] = _errors.GetValueOrDefault(words) + 1;
        }
    }
}
