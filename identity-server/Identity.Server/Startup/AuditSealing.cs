using Identity.Domain.Audit;
using Microsoft.Extensions.Options;

namespace Identity.Server.Startup;

/// <summary>Every node tries; the one that gets the lock seals.</summary>
public sealed class AuditSealing(IServiceScopeFactory scopes, IOptions<AuditOptions> options, ILogger<AuditSealing> log) : RepeatedWork(options.Value.SealInterval, log)
{
    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AuditSealer>().SealAsync(ct);
    }
}
