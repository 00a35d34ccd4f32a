using System.Net;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Server.Oidc;
using Microsoft.Extensions.Options;

namespace Identity.Server.Login;

/// <summary>
/// Every cookie of the public host except the language. Over https each carries the <c>__Host-</c> prefix, so that no other host
/// of the domain can plant one (L10); plain http exists on a developer's loopback only.
/// </summary>
public sealed class BrowserCookies
{
    private static readonly TimeSpan LastMethodLifetime = TimeSpan.FromDays(180);
    private static readonly TimeSpan KnownDeviceLifetime = TimeSpan.FromDays(180);
    private readonly bool _secure;
    private readonly IReadOnlyList<IPNetwork> _sharedNetworks;

    public BrowserCookies(IOptions<OidcOptions> options, IOptions<LoginOptions> login)
    {
        _sharedNetworks = [.. login.Value.SharedNetworks.Select(IPNetwork.Parse)];
        _secure = new Uri(options.Value.Issuer).Scheme == Uri.UriSchemeHttps;
        Session = Name("session");
        SandboxSession = Name("session-sandbox");
        Browser = Name("browser");
        LastMethod = Name("last-method");
        KnownDevice = Name("known-device");
        Shared = Name("shared-computer");
        Device = Name("device");
        AnsweredLately = Name("answered");
    }

    public string Session { get; }

    /// <summary>Made-up people have a session of their own: who tries an application out stays signed in as who they are.</summary>
    public string SandboxSession { get; }

    /// <summary>Binds parked requests to this browser; no meaning beyond that.</summary>
    public string Browser { get; }

    /// <summary>Name of the connector last used here; no personal data (ux.md §3.6).</summary>
    public string LastMethod { get; }

    /// <summary>Sealed proof that a local account has signed in here before; exempts the owner from a stranger's lock-out.</summary>
    public string KnownDevice { get; }

    /// <summary>The person said that others use this computer too.</summary>
    public string Shared { get; }

    /// <summary>Nothing outlives a sign-in here: no last method, no known device, no offer to register the device.</summary>
    public bool IsShared(HttpContext http) =>
        Read(http, Shared) == "1" || (http.Connection.RemoteIpAddress is { } address && _sharedNetworks.Any(n => n.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)));

    public void WriteShared(HttpContext http, bool shared)
    {
        if (!shared)
        {
            http.Response.Cookies.Delete(Shared, Options());
            return;
        }
        http.Response.Cookies.Append(Shared, "1", Options());
        ForgetDevice(http);
    }

    /// <summary>What remembers who was here; the binding of open pages has no meaning beyond them and ends with the browser.</summary>
    public void ForgetDevice(HttpContext http)
    {
        http.Response.Cookies.Delete(LastMethod, Options());
        http.Response.Cookies.Delete(KnownDevice, Options());
        http.Response.Cookies.Delete(Device, Options());
    }

    /// <summary>Random and long-lived: tells a person's new browser from one they have used before. Grants nothing.</summary>
    public string Device { get; }

    /// <summary>When which application was answered in the last seconds; see <see cref="BounceWatch"/>.</summary>
    public string AnsweredLately { get; }

    /// <summary>From here on the request is this application's, and its session the one of the application's environment.</summary>
    public static void Serve(HttpContext http, Client? client)
    {
        if (client?.Environment == ClientEnvironment.Sandbox) http.Features.Set(SandboxVisit.Instance);
    }

    public string? ReadSession(HttpContext http) => Read(http, SessionOf(http));

    public void WriteSession(HttpContext http, BearerSecret secret) => http.Response.Cookies.Append(SessionOf(http), secret.Value, Options());

    public void ClearSession(HttpContext http) => http.Response.Cookies.Delete(SessionOf(http), Options());

    private string SessionOf(HttpContext http) => http.Features.Get<SandboxVisit>() is null ? Session : SandboxSession;

    /// <summary>Digest of this browser's binding, or null when it has none yet.</summary>
    public string? ReadBrowser(HttpContext http) =>
        Read(http, Browser) is { Length: > 0 and <= 100 } value ? BearerSecret.DigestOf(value) : null;

    /// <summary>A form that another site posts arrives without our SameSite cookies; as a top-level GET the same request brings them.</summary>
    public bool StayedBehind(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method) && ReadSession(http) is null && ReadBrowser(http) is null;

    public string EnsureBrowser(HttpContext http)
    {
        if (ReadBrowser(http) is { } digest) return digest;
        var secret = BearerSecret.New();
        http.Response.Cookies.Append(Browser, secret.Value, Options());
        return secret.Digest;
    }

    /// <summary>Digest of the long-lived cookie; given to a browser that has none, and renewed on one that has.</summary>
    public string EnsureDevice(HttpContext http)
    {
        // A computer that everybody uses is nobody's own: each sign-in there is one from a new device.
        var secret = !IsShared(http) && Read(http, Device) is { Length: > 0 and <= 100 } value ? new BearerSecret(value) : BearerSecret.New();
        Remember(http, Device, secret.Value, KnownDeviceLifetime);
        return secret.Digest;
    }

    public string? ReadAnswered(HttpContext http) => Read(http, AnsweredLately);

    public void WriteAnswered(HttpContext http, string value, TimeSpan lifetime) => http.Response.Cookies.Append(AnsweredLately, value, Options(lifetime));

    public void ClearAnswered(HttpContext http) => http.Response.Cookies.Delete(AnsweredLately, Options());

    public string? ReadLastMethod(HttpContext http) => Remembered(http, LastMethod);

    public string? ReadKnownDevice(HttpContext http) => Remembered(http, KnownDevice);

    public void WriteLastMethod(HttpContext http, string connector) => Remember(http, LastMethod, connector, LastMethodLifetime);

    public void WriteKnownDevice(HttpContext http, string value) => Remember(http, KnownDevice, value, KnownDeviceLifetime);

    /// <summary>What was written before others came to use the computer is not theirs to see.</summary>
    private string? Remembered(HttpContext http, string name) => IsShared(http) ? null : Read(http, name);

    private void Remember(HttpContext http, string name, string value, TimeSpan lifetime)
    {
        if (!IsShared(http)) http.Response.Cookies.Append(name, value, Options(lifetime));
    }

    /// <summary>
    /// The one cookie of exactly this name. The framework's reader takes <c>__host-session</c> for <c>__Host-session</c>, which a browser
    /// may accept from a neighbouring host, and of two values one; either is nobody's here (M13).
    /// </summary>
    private static string? Read(HttpContext http, string name)
    {
        string? found = null;
        foreach (var header in http.Request.Headers.Cookie)
        foreach (var part in (header ?? "").Split(';', StringSplitOptions.TrimEntries))
        {
            if (part.Length <= name.Length || part[name.Length] != '=' || !part.StartsWith(name, StringComparison.Ordinal)) continue;
            var value = Uri.UnescapeDataString(part[(name.Length + 1)..]);
            if (found is not null && found != value) return null;
            found = value;
        }
        return found;
    }

    // Lax, not Strict: the browser comes back from the e-ID and from applications by a cross-site link, and must still be itself.
    private CookieOptions Options(TimeSpan? maxAge = null) => new()
    {
        HttpOnly = true,
        Secure = _secure,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
        MaxAge = maxAge,
    };

    private string Name(string name) => _secure ? $"__Host-{name}" : name;

    private sealed class SandboxVisit
    {
        public static readonly SandboxVisit Instance = new();
    }
}
