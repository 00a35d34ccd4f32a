using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Startup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Server.Oidc.Logout;

/// <summary>Sends what is due: first attempts that no request waits for, retries, and what a node that died had claimed.</summary>
public sealed class LogoutDeliveryWorker(IServiceScopeFactory scopes, LogoutCourier courier, LogoutSignal signal, IOptions<NodeOptions> node, TimeProvider clock, ILogger<LogoutDeliveryWorker> log)
    : BackgroundService
{
    private const int Batch = 100;
    private const int AtOnce = 16;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // A full batch means that more is waiting.
            if (await RoundAsync(stoppingToken) < Batch) await signal.WaitAsync(node.Value.PollInterval, clock, stoppingToken);
        }
    }

    private async Task<int> RoundAsync(CancellationToken ct)
    {
        try
        {
            var due = await DueAsync(ct);
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
                async (id, token) => await courier.DeliverAsync(id, token));
            return due.Count;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogoutRoundFailed(e);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private async Task<List<Guid>> DueAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var now = clock.GetUtcNow();
        return await db.LogoutDeliveries.Where(d => d.State == LogoutDeliveryState.Pending && d.NextAttemptAt <= now)
            .OrderBy(d => d.NextAttemptAt).Select(d => d.Id).Take(Batch).ToListAsync(ct);
    }
}
