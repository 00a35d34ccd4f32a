using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Identity.Admin.SignIn;
using Identity.Domain.Grants;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Identity.Admin.TryIt;

/// <summary>What an application remembers between its question and the answer (OpenID Connect Core §3.1.2.1, RFC 7636).</summary>
public sealed record TryItTrip(Guid ApplicationId, string State, string Nonce, string Verifier)
{
    public static TryItTrip New(Guid applicationId) => new(applicationId, BearerSecret.New().Value, BearerSecret.New().Value, BearerSecret.New().Value);

    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
}

/// <summary>Keeps it in the browser that asked, sealed, for one answer.</summary>
public sealed class TryItTrips(IOptions<AdminOptions> options, IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly ITimeLimitedDataProtector _trips = protection.CreateProtector("try-it").ToTimeLimitedDataProtector();
    private readonly bool _secure = options.Value.Address!.Scheme == Uri.UriSchemeHttps;

    private string Name => _secure ? "__Host-try" : "try";

    public void Write(HttpContext http, TryItTrip trip) =>
        http.Response.Cookies.Append(Name, _trips.Protect($"{trip.ApplicationId} {trip.State} {trip.Nonce} {trip.Verifier}", Lifetime), Cookie(Lifetime));

    public TryItTrip? Take(HttpContext http, string state)
    {
        var box = http.Request.Cookies[Name];
        http.Response.Cookies.Delete(Name, Cookie(null));
        return Open(box) is { } trip && trip.State == state ? trip : null;
    }

    private TryItTrip? Open(string? box)
    {
        if (string.IsNullOrEmpty(box)) return null;
        try
        {
            return _trips.Unprotect(box).Split(' ') is [var id, var state, var nonce, var verifier] ? new TryItTrip(Guid.Parse(id), state, nonce, verifier) : null;
        }
        catch (CryptographicException)
        {
            // Over, or made up.
            return null;
        }
    }

    /// <summary>Lax: the browser comes back from the public host.</summary>
    private CookieOptions Cookie(TimeSpan? maxAge) => new() { HttpOnly = true, Secure = _secure, SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/", MaxAge = maxAge };
}
