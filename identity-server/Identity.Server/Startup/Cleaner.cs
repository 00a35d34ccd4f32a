using Identity.Domain.Storage;

namespace Identity.Server.Startup;

/// <summary>Every node tries; the one that gets the lock cleans.</summary>
public sealed class Cleaner(IServiceScopeFactory scopes, ILogger<Cleaner> log) : RepeatedWork(Period, log)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var removed = await scope.ServiceProvider.GetRequiredService<ExpiredRows>().RemoveAsync(ct);
        if (removed > 0) log.Cleaned(removed);
    }
}
