namespace Identity.Hosting.Startup;

/// <summary>Work that goes on for as long as the node lives. An outage is logged once, when it begins and when it ends, and never stops the node.</summary>
public abstract class RepeatedWork(TimeSpan period, ILogger log) : BackgroundService
{
    private bool _isFailing;

    protected abstract Task RunOnceAsync(CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryOnceAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node is stopping.
        }
    }

    /// <summary>One round, whatever becomes of it.</summary>
    protected async Task TryOnceAsync(CancellationToken ct)
    {
        try
        {
            await RunOnceAsync(ct);
            if (_isFailing) log.WorkRecovered(GetType().Name);
            _isFailing = false;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // Whatever it is, the next round may find it gone; a node that stops answering would be worse.
            if (!_isFailing) log.WorkFailed(GetType().Name, failure);
            _isFailing = true;
        }
    }
}
