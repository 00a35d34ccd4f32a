using Identity.Domain.Applications;
using Identity.Domain.Audit;

namespace Identity.Server.Startup;

/// <summary>Every node tries; the one that gets the lock writes to the owners of what ends soon.</summary>
public sealed class ExpiryReminding(IServiceScopeFactory scopes, ILogger<ExpiryReminding> log) : RepeatedWork(Period, log)
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestOrigin>().Actor = "node";
        await scope.ServiceProvider.GetRequiredService<ExpiryRadar>().RemindAsync(ct);
    }
}
