using Identity.Domain.Audit;
using Identity.Domain.People;
using Identity.Domain.Storage;

namespace Identity.Server.Startup;

/// <summary>Every node tries; the one that gets the lock cleans.</summary>
public sealed class Cleaner(IServiceScopeFactory scopes, ILogger<Cleaner> log) : RepeatedWork(Period, log)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestOrigin>().Actor = "node";
        var removed = await scope.ServiceProvider.GetRequiredService<ExpiredRows>().RemoveAsync(ct)
            + await scope.ServiceProvider.GetRequiredService<Leaving>().CloseDueAsync(ct)
            + await scope.ServiceProvider.GetRequiredService<AuditRetention>().RemoveAsync(ct);
        if (removed > 0) log.Cleaned(removed);
    }
}
