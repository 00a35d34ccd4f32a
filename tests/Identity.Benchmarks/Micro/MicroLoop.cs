using System.Diagnostics;

namespace Identity.Benchmarks.Micro;

/// <summary>One leaf, timed on one thread. The least of the rounds is what it costs when nobody disturbs.</summary>
internal static class MicroLoop
{
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(200);

    /// <summary>Where results go, so that the compiler cannot leave the work out.</summary>
    private static object? _sink;

    public static MicroFigure Measure(string name, int rounds, Func<object?> work)
    {
        // Long enough for the compiler's second opinion.
        var repetitions = Calibrate(work);
        var (least, bytes) = (double.MaxValue, 0L);
        for (var round = 0; round < rounds; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < repetitions; i++) _sink = work();
            var nanoseconds = Stopwatch.GetElapsedTime(started).TotalNanoseconds / repetitions;
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / repetitions;
            least = Math.Min(least, nanoseconds);
        }
        GC.KeepAlive(_sink);
        return new(name, least, bytes);
    }

    private static int Calibrate(Func<object?> work)
    {
        var started = Stopwatch.GetTimestamp();
        var done = 0;
        while (Stopwatch.GetElapsedTime(started) < RoundTime)
        {
            _sink = work();
            done++;
        }
        return done;
    }
}

internal sealed record MicroFigure(string Name, double Nanoseconds, long Bytes);
