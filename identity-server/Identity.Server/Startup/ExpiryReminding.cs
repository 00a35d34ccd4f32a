using Identity.Domain.Applications;
using Identity.Domain.Audit;
using Identity.Domain.Configuration;
using Identity.Hosting.Federation;

namespace Identity.Server.Startup;

/// <summary>Every node tries; the one that gets the lock writes to whose is what ends soon. Upstreams that are due are looked at before, by the node that claimed them.</summary>
public sealed class ExpiryReminding(IServiceScopeFactory scopes, ConnectorLook look, ILogger<ExpiryReminding> log) : RepeatedWork(Period, log)
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestOrigin>().Actor = "node";
        var watches = scope.ServiceProvider.GetRequiredService<ConnectorWatches>();
        foreach (var name in await watches.ClaimAsync(ct))
            if (await look.AtAsync(name, ct) is { } sight) await watches.NoteAsync(sight, ct);
        await scope.ServiceProvider.GetRequiredService<ConfirmationDates>().KeepAsync(ct);
        if (await scope.ServiceProvider.GetRequiredService<ExpiryRadar>().RemindAsync(ct) is { WithoutAddress: > 0 and var count }) log.OwnersNotTold(count);
    }
}
