using System.Net.Sockets;
using System.Text;

namespace Identity.Tests.Harness;

/// <summary>Bytes on a line, for requests that no client library would write.</summary>
internal static class RawHttp
{
    /// <summary>Everything that came back until the server closed the line.</summary>
    public static async Task<string> SendAsync(TestProvider provider, string request)
    {
        var address = new Uri(provider.Issuer);
        using var line = new TcpClient();
        await line.ConnectAsync(address.Host, address.Port);
        await using var stream = line.GetStream();
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
            await stream.CopyToAsync(answer).WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (IOException)
        {
            // Cut off, perhaps before the last byte was sent: also an answer.
        }
        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
