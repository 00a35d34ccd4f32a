using System.Globalization;
using Identity.Domain.Clients;
using Identity.Protocols.Federation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Identity.Admin.SignIn;

/// <summary>
/// What a browser holds of this host: which session it signed in with, and while it is away, what it must bring back. Sealed, and over
/// https under the <c>__Host-</c> prefix, so that no other host of the domain can plant one (L10).
/// </summary>
public sealed class AdminCookies(IOptions<AdminOptions> options, IDataProtectionProvider protection, ClientRegistry registry, TimeProvider clock)
{
    private static readonly TimeSpan TripLifetime = TimeSpan.FromMinutes(10);

    /// <summary>How long a browser can still say whose visit it was, for a form that was sent too late.</summary>
    private static readonly TimeSpan MarkLifetime = TimeSpan.FromDays(1);

    private readonly bool _secure = options.Value.Address!.Scheme == Uri.UriSchemeHttps;
    private readonly ITimeLimitedDataProtector _visits = protection.CreateProtector("admin-visit").ToTimeLimitedDataProtector();
    private readonly ITimeLimitedDataProtector _trips = protection.CreateProtector("admin-trip").ToTimeLimitedDataProtector();

    /// <summary>The public host's <c>sid</c> for this client, while the visit is not idle.</summary>
    public Visit? ReadVisit(HttpContext http) => ReadEndedVisit(http) is { } visit && clock.GetUtcNow() - visit.SeenAt < (registry.Policies.Sessions.AdministrationIdle ?? options.Value.Idle) ? visit : null;

    /// <summary>The same, idle or not. Says whose visit it was, and opens nothing.</summary>
    public Visit? ReadEndedVisit(HttpContext http) =>
        Open(_visits, http.Request.Cookies[Name("admin")]) is { } text && text.Split(' ') is [var sid, var seen] && long.TryParse(seen, CultureInfo.InvariantCulture, out var seconds)
        && clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) < MarkLifetime
            ? new Visit(sid, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;

    public void WriteVisit(HttpContext http, string sid) => http.Response.Cookies.Append(Name("admin"),
        _visits.Protect($"{sid} {clock.GetUtcNow().ToUnixTimeSeconds()}", clock.GetUtcNow() + MarkLifetime), Options());

    public void EndVisit(HttpContext http) => http.Response.Cookies.Delete(Name("admin"), Options());

    /// <summary>One cookie for each trip: two tabs may sign in at once.</summary>
    public void WriteTrip(HttpContext http, UpstreamTransaction transaction, string returnTo)
    {
        var text = string.Join('\n', transaction.State, transaction.Nonce, transaction.CodeVerifier, transaction.StartedAt.ToString("O", CultureInfo.InvariantCulture), returnTo);
        var cookie = Options();
        cookie.MaxAge = TripLifetime;
        http.Response.Cookies.Append(TripName(transaction.State), _trips.Protect(text, clock.GetUtcNow() + TripLifetime), cookie);
    }

    /// <summary>Taken along once; a second answer to the same trip finds nothing.</summary>
    public (UpstreamTransaction Transaction, string ReturnTo)? TakeTrip(HttpContext http, string state, Uri callback)
    {
        var text = Open(_trips, http.Request.Cookies[TripName(state)]);
        http.Response.Cookies.Delete(TripName(state), Options());
        return text?.Split('\n') is [var kept, var nonce, var verifier, var started, var returnTo] && kept == state
            ? (new UpstreamTransaction(kept, nonce, verifier, callback, DateTimeOffset.Parse(started, CultureInfo.InvariantCulture)), returnTo)
            : null;
    }

    private string Name(string name) => _secure ? $"__Host-{name}" : name;

    private string TripName(string state) => Name($"admin-trip-{(state.Length > 12 && state.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? state[..12] : "none")}");

    /// <summary>Lax: the browser comes back from the public host.</summary>
    private CookieOptions Options() => new() { HttpOnly = true, Secure = _secure, SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/" };

    private static string? Open(ITimeLimitedDataProtector protector, string? sealedText)
    {
        if (string.IsNullOrEmpty(sealedText)) return null;
        try
        {
            return protector.Unprotect(sealedText);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Over, from another installation, or made up.
            return null;
        }
    }
}

/// <param name="Sid">The session, as this client knows it.</param>
public sealed record Visit(string Sid, DateTimeOffset SeenAt);
