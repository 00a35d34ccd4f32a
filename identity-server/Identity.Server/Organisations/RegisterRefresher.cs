using Identity.Domain.Organisations;
using Identity.Server.Startup;

namespace Identity.Server.Organisations;

/// <summary>Keeps what is used as the register has it. Every node looks; each organisation is asked about by the one that claims it.</summary>
public sealed class RegisterRefresher(IServiceScopeFactory scopes, RegisterDesk desk, ILogger<RegisterRefresher> log) : RepeatedWork(Period, log)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);
    private const int Batch = 200;
    private const int AtOnce = 4;

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        List<Guid> due;
        await using (var scope = scopes.CreateAsyncScope()) due = await scope.ServiceProvider.GetRequiredService<RegisterTimetable>().DueAsync(Batch, ct);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (id, token) => await desk.RefreshAsync(id, token));
    }
}
