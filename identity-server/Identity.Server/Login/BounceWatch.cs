using System.Globalization;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Microsoft.Extensions.Options;

namespace Identity.Server.Login;

/// <summary>
/// An application that cannot use its answer sends the person here again, gets another answer, and so on without end (ux.md, C25). What
/// was answered lately stands in a cookie of the browser: noticing costs no statement, and a browser that lies stops only itself.
/// </summary>
public sealed class BounceWatch(BrowserCookies cookies, IOptions<LoginOptions> options, TimeProvider clock)
{
    /// <summary>Answered, sent back, answered again, sent back: now it is no coincidence.</summary>
    private const int Returns = 2;

    /// <summary>True when the application has come back too often; a request that nobody sees (<c>prompt=none</c>) is not to be asked about.</summary>
    public bool IsBounced(HttpContext http, Client client) => options.Value.BounceWindow > TimeSpan.Zero && Recent(http, client).Length >= Returns;

    public void Answered(HttpContext http, Client client)
    {
        if (options.Value.BounceWindow == TimeSpan.Zero) return;
        var times = Recent(http, client).Append(clock.GetUtcNow().ToUnixTimeMilliseconds()).TakeLast(Returns);
        cookies.WriteAnswered(http, string.Join('.', times.Select(t => t.ToString(CultureInfo.InvariantCulture)).Prepend(Mark(client))), options.Value.BounceWindow);
    }

    public void Forget(HttpContext http) => cookies.ClearAnswered(http);

    /// <summary>Times of the last answers to this client, each within the window of the next.</summary>
    private long[] Recent(HttpContext http, Client client)
    {
        if (cookies.ReadAnswered(http) is not { Length: < 100 } value || value.Split('.') is not [var mark, .. var times] || mark != Mark(client)) return [];
        var window = options.Value.BounceWindow.TotalMilliseconds;
        var (recent, next) = (new List<long>(), clock.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var text in times.Reverse())
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var time) || time > next || next - time > window) break;
            recent.Insert(0, time);
            next = time;
        }
        return [.. recent];
    }

    private static string Mark(Client client) => BearerSecret.DigestOf(client.ClientId)[..8];
}
