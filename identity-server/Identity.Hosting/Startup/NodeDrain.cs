using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Identity.Hosting.Startup;

/// <summary>
/// The first step of stopping: say "not ready", go on answering until the load balancers have noticed, and only then let the listener
/// close. Nobody's request meets a closed door.
/// </summary>
public sealed class NodeDrain(IOptions<NodeOptions> options, TimeProvider clock, ILogger<NodeDrain> log) : IHostedLifecycleService
{
    private volatile bool _hasBegun;

    public bool HasBegun => _hasBegun;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        if (options.Value.DrainDelay == TimeSpan.Zero) return;
        log.Draining(options.Value.DrainDelay);
        await Task.Delay(options.Value.DrainDelay, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A connection that stays open would bring its next request to a node that is gone.</summary>
    public Task CloseConnectionsAsync(HttpContext http, RequestDelegate next)
    {
        if (_hasBegun && HttpProtocol.IsHttp11(http.Request.Protocol)) http.Response.Headers.Connection = "close";
        return next(http);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
