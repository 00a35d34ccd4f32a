using System.Net;
using System.Net.Sockets;

namespace Identity.Tests.Harness;

/// <summary>
/// Addresses on localhost that nobody uses. Below the range that the system takes for outgoing connections, or a client could get
/// the port before the server does; never the same twice.
/// </summary>
public static class FreeAddresses
{
    private static int _last = Random.Shared.Next(15_000, 25_000);

    public static string[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => $"http://localhost:{Port()}")];

    private static int Port()
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
