using Identity.Domain.Clients;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Desk;

/// <summary>Everything of a person that is open at this moment: sessions, what applications hold, codes on their way. In the caller's transaction.</summary>
public sealed class OpenDoors(IdentityDb db, SessionStore sessions, ClientRegistry registry, TimeProvider clock)
{
    /// <summary>Returns how many sessions ended.</summary>
    public async Task<int> EndAllAsync(Guid personId, string reason, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        var open = await db.Sessions.Where(s => s.PersonId == personId && s.EndedAt == null).Select(s => s.Id).ToListAsync(ct);
        foreach (var id in open) await sessions.EndAsync(id, reason, includeOffline: true, CanNotify, ct);
        await db.AuthorizationCodes.Where(c => c.PersonId == personId && c.RedeemedAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.RedeemedAt, now), ct);
        // Long-lived ones of sessions that ended before.
        await db.Grants.Where(g => g.PersonId == personId && g.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.RevokedAt, now).SetProperty(g => g.RevokedReason, reason), ct);
        await WakeUp.SendAsync(db, WakeUpCall.LogoutDeliveries, ct);
        return open.Count;
    }

    /// <summary>False when it is not this person's, or has ended.</summary>
    public async Task<bool> EndAsync(Guid personId, Guid sessionId, string reason, CancellationToken ct)
    {
        if (!await db.Sessions.AnyAsync(s => s.Id == sessionId && s.PersonId == personId, ct) || !await sessions.EndAsync(sessionId, reason, includeOffline: true, CanNotify, ct)) return false;
        await WakeUp.SendAsync(db, WakeUpCall.LogoutDeliveries, ct);
        return true;
    }

    private bool CanNotify(string clientId) => registry.FindClient(clientId)?.BackchannelLogoutUri is not null;
}
