using Identity.Domain.Audit;
using Identity.Domain.Organisations;
using Identity.Server.Oidc.Logout;
using Identity.Server.Startup;

namespace Identity.Server.Organisations;

/// <summary>Ends what was to end by now. Every node tries; the one that gets the lock works.</summary>
public sealed class StandingsKeeper(IServiceScopeFactory scopes, LogoutSignal logout, TimeProvider clock, ILogger<StandingsKeeper> log) : RepeatedWork(Period, log)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan IdlePeriod = TimeSpan.FromHours(1);
    private DateTimeOffset _idleSeenAt = DateTimeOffset.MinValue;

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        var ended = await UntilNoneAsync<DueEnds>(due => due.EndAsync(ct));
        if (clock.GetUtcNow() - _idleSeenAt >= IdlePeriod)
        {
            ended += await UntilNoneAsync<IdleStandings>(idle => idle.SuspendAsync(ct));
            _idleSeenAt = clock.GetUtcNow();
        }
        if (ended > 0) logout.Raise();
    }

    private async Task<int> UntilNoneAsync<TWork>(Func<TWork, Task<int?>> work) where TWork : notnull
    {
        var all = 0;
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<RequestOrigin>().Actor = "node";
            if (await work(scope.ServiceProvider.GetRequiredService<TWork>()) is not > 0 and var none) return all + (none ?? 0);
            all++;
        }
    }
}
