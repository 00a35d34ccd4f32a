using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Startup;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Oidc.Logout;

/// <summary>Counts for telemetry what applications are owed; runs only where telemetry does.</summary>
public sealed class LogoutBacklog(IServiceScopeFactory scopes, ILogger<LogoutBacklog> log) : RepeatedWork(Period, log)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);
    private long _pending;
    private long _failed;

    public long Pending => Interlocked.Read(ref _pending);

    /// <summary>Given up within the time that rows are kept.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        Interlocked.Exchange(ref _pending, await db.LogoutDeliveries.LongCountAsync(d => d.State == LogoutDeliveryState.Pending, ct));
        Interlocked.Exchange(ref _failed, await db.LogoutDeliveries.LongCountAsync(d => d.State == LogoutDeliveryState.Failed, ct));
    }
}
