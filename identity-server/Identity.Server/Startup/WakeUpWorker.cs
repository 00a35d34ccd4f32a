using Identity.Domain.Storage;
using Identity.Domain.Storage.PostgreSql;
using Identity.Server.Oidc.Logout;

namespace Identity.Server.Startup;

/// <summary>
/// Acts at once on what another node calls. A lost line is taken up again with growing pauses; whatever was called meanwhile was missed,
/// so everything is read anew before the line counts as heard.
/// </summary>
public sealed class WakeUpWorker(WakeUpLine line, NodeSnapshot snapshot, LogoutSignal logout, TimeProvider clock, ILogger<WakeUpWorker> log) : BackgroundService
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _pause = Shortest;
    private bool _isLost;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await ListenAsync(stoppingToken);
            // Up to a half more: a hundred nodes that lost one server together must not come back together.
            await Task.Delay(_pause * (1 + Random.Shared.NextDouble() / 2), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _pause = _pause * 2 < Longest ? _pause * 2 : Longest;
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        try
        {
            await line.ListenAsync(CatchUpAsync, AnswerAsync, ct);
        }
        catch (Exception lost) when (!ct.IsCancellationRequested)
        {
            if (!_isLost) log.WakeUpsLost(lost);
            _isLost = true;
        }
        catch (OperationCanceledException)
        {
            // The node is stopping.
        }
    }

    private async Task CatchUpAsync(CancellationToken ct)
    {
        await snapshot.ReloadAsync(ct);
        logout.Raise();
        if (_isLost) log.WakeUpsHeard();
        (_isLost, _pause) = (false, Shortest);
    }

    private Task AnswerAsync(WakeUpCall call, CancellationToken ct)
    {
        if (call == WakeUpCall.Configuration) return snapshot.RefreshIfStaleAsync(ct);
        logout.Raise();
        return Task.CompletedTask;
    }
}
