using Identity.Domain.Clients;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Linking;

/// <summary>
/// What came in by a door that opens no more: sessions, codes on their way, grants for use without the person. In the transaction that shuts
/// the door, so that there is no moment in which one works without the other. The caller wakes whoever tells the applications.
/// </summary>
public sealed class DoorVisits(IdentityDb db, SessionStore sessions, ClientRegistry registry, TimeProvider clock)
{
    /// <param name="except">The session in which the person did it themselves; it goes on.</param>
    public async Task EndAsync(Guid personId, string connector, string reason, CancellationToken ct, Guid? except = null)
    {
        var open = await db.Sessions.Where(s => s.PersonId == personId && s.Connector == connector && s.Id != except && s.EndedAt == null).Select(s => s.Id).ToListAsync(ct);
        foreach (var session in open) await sessions.EndAsync(session, reason, includeOffline: true, client => registry.FindClient(client)?.BackchannelLogoutUri is not null, ct);
        DateTimeOffset? now = clock.GetUtcNow();
        await db.AuthorizationCodes.Where(c => c.PersonId == personId && c.Connector == connector && c.SessionId != except && c.RedeemedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RedeemedAt, now), ct);
        // Of sessions that ended before.
        await db.Grants.Where(g => g.PersonId == personId && g.Connector == connector && g.Offline && g.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.RevokedAt, now).SetProperty(g => g.RevokedReason, reason), ct);
    }
}
