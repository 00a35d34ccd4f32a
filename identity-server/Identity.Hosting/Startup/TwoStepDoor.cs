using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Identity.Hosting.Startup;

/// <summary>
/// Closes the listening socket when nobody stands before it, and the accepted connections a moment later. Kestrel does both at once;
/// who has just connected, or has connected and not spoken yet, is then cut off. A proxy must not repeat a POST, so a person would see it.
/// </summary>
public sealed class TwoStepDoor(IOptions<NodeOptions> node, ILoggerFactory logs, TimeProvider clock) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <summary>Far longer than a proxy next door takes to send what it has connected for.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(1);

    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint or UnixDomainSocketEndPoint;

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        // Read here and not before: the host makes its listeners before the settings have been judged. Without a drain nobody is waited for.
        var gap = node.Value.DrainDelay < LongestGap ? node.Value.DrainDelay : LongestGap;
        Socket? listening = null;
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions
        {
            CreateBoundListenSocket = at => listening = SocketTransportOptions.CreateDefaultBoundListenSocket(at),
        }), logs);
        return new Door(await sockets.BindAsync(endpoint, cancellationToken), listening!, gap, clock);
    }

    private sealed class Door(IConnectionListener listener, Socket listening, TimeSpan gap, TimeProvider clock) : IConnectionListener
    {
        public EndPoint EndPoint => listener.EndPoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => listener.AcceptAsync(cancellationToken);

        /// <summary>Kestrel turns to the connections when this returns; until then it answers them as always.</summary>
        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            // Whoever is in the kernel's queue when the socket closes is reset. An empty queue, and nothing between that look and the end.
            while (!cancellationToken.IsCancellationRequested && listening.Poll(TimeSpan.Zero, SelectMode.SelectRead)) await Task.Yield();
            await listener.UnbindAsync(cancellationToken);
            await Task.Delay(gap, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        public ValueTask DisposeAsync() => listener.DisposeAsync();
    }
}
