namespace Identity.Tests.Harness;

/// <summary>What another thread, node or process does in its own time. Long patience costs only the tests that fail.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task IsTrueAsync(Func<Task<bool>> condition, string what)
    {
        using var end = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            Assert.False(end.IsCancellationRequested, $"Not within {Patience}: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    public static Task IsTrueAsync(Func<bool> condition, string what) => IsTrueAsync(() => Task.FromResult(condition()), what);
}
