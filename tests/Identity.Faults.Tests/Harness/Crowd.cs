namespace Identity.Faults.Tests.Harness;

/// <summary>People who come one after the other at several counters until told to stop, each with a whole visit in a browser of their own.</summary>
internal sealed class Crowd(Province province, int counters)
{
    /// <summary>How often each of them loads a page again that says so.</summary>
    public int Reloads { get; init; }

    public Tally Tally { get; } = new();

    /// <summary>Runs while the fault does, and lets everybody who has started end.</summary>
    public async Task VisitWhileAsync(Func<Task> fault)
    {
        using var closing = new CancellationTokenSource();
        var visits = Enumerable.Range(0, counters).Select(counter => Task.Run(() => VisitAsync(counter, closing.Token))).ToArray();
        try
        {
            await fault();
        }
        finally
        {
            await closing.CancelAsync();
            await Task.WhenAll(visits);
        }
    }

    private async Task VisitAsync(int counter, CancellationToken closing)
    {
        for (var turn = counter; !closing.IsCancellationRequested; turn += counters)
        {
            using var traveller = new Traveller(province, Traveller.People[turn % Traveller.People.Length]) { Reloads = Reloads };
            var outcome = await traveller.VisitAsync();
            Tally.Add(outcome);
            // A person who was told to wait does not come back at once.
            if (!outcome.IsFinished) await Task.Delay(traveller.Pause, CancellationToken.None);
        }
    }
}
