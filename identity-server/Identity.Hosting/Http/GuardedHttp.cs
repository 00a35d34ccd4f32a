using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Identity.Hosting.Http;

/// <summary>How names become addresses. Ours to ask, so that what was checked is what is called.</summary>
public delegate Task<IPAddress[]> NameResolution(string host, CancellationToken ct);

/// <summary>
/// The way to every address that a client's owner registered: to that address and nowhere else. Looked up once, judged, and
/// connected to as the very number that was judged, so a name that changes its mind in between leads nowhere (O13, O14).
/// </summary>
public sealed class GuardedHttp(OutgoingAddresses addresses, NameResolution resolve)
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(5);

    /// <summary>No redirect, no proxy that the environment names, no cookie kept, nothing unpacked. The caller limits size and time of the answer.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = LongestConnect,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        ConnectCallback = ConnectAsync,
        // Our trace ids are nobody else's business; the span itself stays.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isEncrypted = context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttps;
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, ct);
        var judged = found.Where(address => addresses.MayCall(address, isEncrypted)).ToArray();
        if (judged.Length == 0) throw new AddressRefusedException(host);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(judged, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The wire never saw this call.</summary>
public sealed class AddressRefusedException(string host) : IOException($"{host} leads to no address that may be called");
