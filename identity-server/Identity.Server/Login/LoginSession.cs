using Identity.Domain.Assurance;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Notices;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Telemetry;
using Microsoft.Extensions.Options;

namespace Identity.Server.Login;

/// <summary>Starts, reads and ends the signed-in session of a browser.</summary>
public sealed class LoginSession(IdentityDb db, SessionStore sessions, RecognisedDevices devices, BrowserCookies cookies, ClientRegistry registry, ServerMeter meter,
    IOptions<SessionOptions> options, TimeProvider clock)
{
    public SessionLimits Limits => options.Value.LimitsUnder(registry.Policies.Sessions);

    public async Task<Session?> CurrentAsync(HttpContext http, CancellationToken ct) => (await SignedInAsync(http, client: null, ct))?.Session;

    /// <summary>The session together with what the next answer to the client depends on.</summary>
    public async Task<SignedIn?> SignedInAsync(HttpContext http, Client? client, CancellationToken ct) =>
        cookies.ReadSession(http) is { Length: > 0 and <= 100 } secret ? await sessions.FindAsync(secret, client?.ClientId, Limits, ct) : null;

    /// <summary>
    /// A new id and a new secret at every sign-in, whatever the browser brought along (L10). The same person's earlier session is
    /// continued; another person's is ended and its applications are told, for the cookie that could end it later is about to go
    /// (L13). The caller commits; the cookie is returned, to be written after the commit.
    /// </summary>
    public async Task<(Session Session, BearerSecret Secret)> StartAsync(HttpContext http, Guid personId, AuthenticationContext authentication, CancellationToken ct)
    {
        var before = await CurrentAsync(http, ct);
        var secret = BearerSecret.New();
        var session = Session.Begin(clock.GetUtcNow(), now => new Session
        {
            SecretDigest = secret.Digest,
            PersonId = personId,
            Connector = authentication.Connector,
            Acr = authentication.Acr,
            Amr = string.Join(' ', authentication.Amr),
            Level = authentication.Level,
            Proofing = authentication.Proofing,
            AuthenticatedAt = authentication.AuthenticatedAt,
            CreatedAt = now,
            ExpiresAt = now + Limits.Absolute,
            Device = DeviceName.From(http.Request.Headers.UserAgent.ToString()),
            Address = http.Connection.RemoteIpAddress?.ToString(),
            SharedComputer = cookies.IsShared(http) ? true : null,
        });
        await sessions.BeginAsync(session, ct);
        if (before?.PersonId == personId) await sessions.ReplaceAsync(before, session, ct);
        else if (before is not null) await sessions.EndAsync(before.Id, "another_person", includeOffline: false, HasBackChannel, ct);
        LanguageMemory.Bring(http, (await db.People.FindAsync([personId], ct))?.Language, lasting: !cookies.IsShared(http));
        await devices.SeeAsync(personId, cookies.EnsureDevice(http), new() { Connector = session.Connector, SessionId = session.Id, Device = DeviceName.Known(session.Device) }, ct);
        meter.SignedIn(authentication.Connector);
        return (session, secret);
    }

    private bool HasBackChannel(string clientId) => registry.FindClient(clientId)?.BackchannelLogoutUri is not null;
}
