using System.Net;
using System.Net.Sockets;

namespace Identity.Benchmarks.Machine;

internal static class FreePort
{
    private static int _last = Random.Shared.Next(15_000, 25_000);

    /// <summary>Below the range that the system takes for outgoing connections, of which a load makes many.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's; the next one, then.
            }
        }
    }
}
