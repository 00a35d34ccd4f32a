namespace Identity.Tests.Harness;

/// <summary>Time limits that run out when the test says so and not before, however slow the machine is. The time of day is the real one.</summary>
public sealed class Hourglass : TimeProvider
{
    private readonly List<Limit> _running = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var limit = new Limit(this, () => callback(state));
        limit.Change(dueTime, period);
        return limit;
    }

    /// <summary>The newest first: whoever waits for a place is not let in by somebody whose time is over.</summary>
    public void RunOut()
    {
        Limit[] over;
        lock (_running) over = [.. Enumerable.Reverse(_running)];
        foreach (var limit in over) limit.End();
    }

    private sealed class Limit(Hourglass glass, Action end) : ITimer
    {
        public void End()
        {
            Dispose();
            end();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Dispose();
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            lock (glass._running) glass._running.Add(this);
            return true;
        }

        public void Dispose()
        {
            lock (glass._running) glass._running.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
