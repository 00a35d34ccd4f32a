namespace Identity.Tests.Harness;

/// <summary>Time that stands still until told otherwise. Timers keep running on real time, so that waiting pages still wait.</summary>
public sealed class FixedClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
