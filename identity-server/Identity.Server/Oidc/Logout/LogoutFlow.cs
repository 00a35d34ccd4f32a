using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Login;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Oidc.Logout;

/// <summary>Ends sessions for people: parks the request while a page asks, ends what was confirmed, tells the applications, and says where to go.</summary>
public sealed class LogoutFlow(IdentityDb db, SessionStore sessions, BrowserCookies cookies, ClientRegistry registry, LogoutCourier courier,
    LogoutSignal signal, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(60);

    /// <summary>A person waits this long for applications to confirm, then sees what is known.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static string Address(LogoutRequest parked) => $"/logout/{Uri.EscapeDataString(parked.Id)}";

    public static string DoneAddress(LogoutRequest parked) => $"{Address(parked)}/done";

    /// <summary>Sign-out from a page of ours: no application asked. Returns the address that shows the result.</summary>
    public async Task<string> SignOutAsync(HttpContext http, Session session) =>
        await EndAsync(http, await ParkAsync(http, EndSessionRequest.Anonymous, session.Id), asked: false);

    /// <summary>Ends a session without a browser in front of it: another device's, or an administrator's order. The applications are told in the background.</summary>
    public async Task<bool> EndElsewhereAsync(Guid sessionId, string reason, bool includeOffline, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await sessions.EndAsync(sessionId, reason, includeOffline, CanNotify, ct)) return false;
        // Every node: this one may be gone before it has told the applications.
        await WakeUp.SendAsync(db, WakeUpCall.LogoutDeliveries, ct);
        await transaction.CommitAsync(ct);
        signal.Raise();
        return true;
    }

    /// <summary>Ends one application's part of a session, its long-lived access included; the application is told in the background.</summary>
    public async Task<bool> LeaveElsewhereAsync(Guid sessionId, string clientId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await sessions.LeaveAsync(sessionId, clientId, includeOffline: true, CanNotify, ct)) return false;
        await WakeUp.SendAsync(db, WakeUpCall.LogoutDeliveries, ct);
        await transaction.CommitAsync(ct);
        signal.Raise();
        return true;
    }

    /// <summary>The session in which this client received the hint; null when it has left that session or never was in it.</summary>
    public Task<Guid?> SessionOfAsync(EndSessionRequest request, CancellationToken ct) =>
        db.SessionParticipants.Where(p => p.Sid == request.HintedSid && p.ClientId == request.Client!.ClientId).Select(p => (Guid?)p.SessionId).SingleOrDefaultAsync(ct);

    public async Task<LogoutRequest> ParkAsync(HttpContext http, EndSessionRequest request, Guid? sessionId)
    {
        var now = clock.GetUtcNow();
        var parked = new LogoutRequest
        {
            Id = BearerSecret.NewIdentifier(),
            BrowserDigest = cookies.EnsureBrowser(http),
            SessionId = sessionId,
            ClientId = request.Client?.ClientId,
            PostLogoutRedirectUri = request.ReturnTo,
            State = request.State,
            CreatedAt = now,
            ExpiresAt = now + Lifetime,
        };
        db.LogoutRequests.Add(parked);
        await db.SaveChangesAsync(http.RequestAborted);
        return parked;
    }

    /// <summary>This browser's request, tracked; null when it is another browser's or too old.</summary>
    public async Task<LogoutRequest?> FindAsync(HttpContext http, string id)
    {
        if (cookies.ReadBrowser(http) is not { } browser) return null;
        var now = clock.GetUtcNow();
        var parked = await db.LogoutRequests.SingleOrDefaultAsync(l => l.Id == id && l.BrowserDigest == browser && l.ExpiresAt > now, http.RequestAborted);
        BrowserCookies.Serve(http, registry.FindClient(parked?.ClientId));
        return parked;
    }

    /// <summary>Ends the whole session and returns where to go.</summary>
    /// <param name="asked">The application showed a token of this session: it has ended its own side, or it would not ask.</param>
    public async Task<string> EndAsync(HttpContext http, LogoutRequest parked, bool asked)
    {
        var ct = http.RequestAborted;
        // Committed together with the end of the session: a page must never say "signed out" before it is true.
        parked.ConfirmedAt = clock.GetUtcNow();
        if (parked.SessionId is { } sessionId && await sessions.EndAsync(sessionId, "signed_out", includeOffline: false, CanNotify, ct) && asked)
            await CountAsToldAsync(sessionId, parked.ClientId, ct);
        await db.SaveChangesAsync(ct);
        cookies.ClearSession(http);
        await TellAsync(parked, ct);
        return await IsEverybodyElseOutAsync(parked, ct) ? ReturnAddress(parked) ?? DoneAddress(parked) : DoneAddress(parked);
    }

    /// <summary>Ends only the asking application's part of the session and returns where to go.</summary>
    public async Task<string> LeaveAsync(HttpContext http, LogoutRequest parked)
    {
        var ct = http.RequestAborted;
        parked.ConfirmedAt = clock.GetUtcNow();
        if (parked is { SessionId: { } sessionId, ClientId: { } clientId }) await sessions.LeaveAsync(sessionId, clientId, includeOffline: false, CanNotify, ct);
        await db.SaveChangesAsync(ct);
        await TellAsync(parked, ct);
        return ReturnAddress(parked) ?? DoneAddress(parked);
    }

    /// <summary>§3: the registered address, with the state that came with it and nothing else.</summary>
    public static string? ReturnAddress(LogoutRequest parked) => (parked.PostLogoutRedirectUri, parked.State) switch
    {
        (null, _) => null,
        ({ } address, null) => address,
        ({ } address, { } state) => $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}state={Uri.EscapeDataString(state)}",
    };

    private bool CanNotify(string clientId) => registry.FindClient(clientId)?.BackchannelLogoutUri is not null;

    private Task<int> CountAsToldAsync(Guid sessionId, string? clientId, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return db.LogoutDeliveries.Where(d => d.SessionId == sessionId && d.ClientId == clientId && d.State == LogoutDeliveryState.NotPossible)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, LogoutDeliveryState.Delivered)
                .SetProperty(d => d.DeliveredAt, now).SetProperty(d => d.LastResult, "asked itself"), ct);
    }

    /// <summary>All at once. What has not answered in time goes on without the person; a shutdown in between leaves the rest to the worker.</summary>
    private async Task TellAsync(LogoutRequest parked, CancellationToken ct)
    {
        var due = await db.LogoutDeliveries.Where(d => d.SessionId == parked.SessionId && d.State == LogoutDeliveryState.Pending)
            .Select(d => d.Id).ToListAsync(ct);
        var all = Task.WhenAll(due.Select(id => courier.DeliverAsync(id, CancellationToken.None)));
        await Task.WhenAny(all, Task.Delay(Patience, clock, ct));
    }

    private async Task<bool> IsEverybodyElseOutAsync(LogoutRequest parked, CancellationToken ct) =>
        !await db.LogoutDeliveries.AnyAsync(d => d.SessionId == parked.SessionId && d.ClientId != parked.ClientId && d.State != LogoutDeliveryState.Delivered, ct);
}
