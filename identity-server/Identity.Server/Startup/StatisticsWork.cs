using Identity.Domain.Statistics;

namespace Identity.Server.Startup;

/// <summary>Every node tries; the one that gets the lock counts.</summary>
public sealed class StatisticsWork(IServiceScopeFactory scopes, ILogger<StatisticsWork> log) : RepeatedWork(Period, log)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StatisticsFiller>().FillAsync(ct);
        await scope.ServiceProvider.GetRequiredService<HourlyRollUp>().RollUpAsync(ct);
        await scope.ServiceProvider.GetRequiredService<DailyRollUp>().RollUpAsync(ct);
    }
}
