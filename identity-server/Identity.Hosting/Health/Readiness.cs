using Identity.Domain.Storage;
using Identity.Hosting.Startup;

namespace Identity.Hosting.Health;

/// <summary>Whether a load balancer should send people here. However many ask, the database is asked once a second at most, by one probe that all share.</summary>
public sealed class Readiness(IServiceScopeFactory scopes, NodeSnapshot snapshot, NodeDrain drain, TimeProvider clock, ILogger<Readiness> log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Load balancers give a check about as long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private Task<string?>? _probe;
    private long _probedAt;
    private string? _said;

    public async Task<bool> IsReadyAsync()
    {
        var problem = drain.HasBegun ? "the node is stopping" : await CurrentProbeAsync() ?? snapshot.Problem();
        Say(problem);
        return problem is null;
    }

    private async Task<string?> CurrentProbeAsync()
    {
        var probe = SharedProbe();
        var answered = await Task.WhenAny(probe, Task.Delay(Patience, clock)) == probe;
        return answered ? await probe : "the storage does not answer in time";
    }

    private Task<string?> SharedProbe()
    {
        lock (_gate)
        {
            // A probe that hangs is not joined by a second one.
            if (_probe is { IsCompleted: false } || (_probe is not null && clock.GetElapsedTime(_probedAt) < Interval)) return _probe;
            _probedAt = clock.GetTimestamp();
            return _probe = Task.Run(ProbeAsync);
        }
    }

    private async Task<string?> ProbeAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, clock);
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<StorageProbe>().ProblemAsync(patience.Token);
        }
        catch (Exception failure)
        {
            // The kind only: drivers quote addresses and accounts.
            return $"the storage does not answer ({failure.GetType().Name})";
        }
    }

    /// <summary>Strangers hear two words; the reason goes to the log, once per change.</summary>
    private void Say(string? problem)
    {
        lock (_gate)
        {
            if (problem == _said) return;
            _said = problem;
        }
        if (problem is null) log.Ready();
        else log.NotReady(problem);
    }
}
