using Identity.Domain.Audit;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Login;
using Identity.Server.Oidc.Logout;
using Identity.Server.Pages.Account;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Account;

/// <summary>Where a person is signed in. Ending here is for good: long-lived grants end too, so that a lost device keeps nothing (E21).</summary>
public sealed class DeviceList(IdentityDb db, SessionStore sessions, LoginSession login, LogoutFlow logout, AuditTrail trail, AccountNames names, TimeProvider clock)
{
    /// <summary>Reason in <c>session.ended</c> when the person ended it from another device.</summary>
    public const string EndedByOwner = "ended_by_owner";

    public const string OthersEnded = "session.others_ended";

    public async Task<IReadOnlyList<SessionRow>> ListAsync(Session current, CancellationToken ct)
    {
        var live = await sessions.LiveSessionsAsync(current.PersonId, login.Limits, ct);
        var ids = live.Select(s => s.Id).ToList();
        var joined = await db.SessionParticipants.AsNoTracking().Where(p => ids.Contains(p.SessionId)).OrderBy(p => p.FirstAt).ToListAsync(ct);
        var apps = joined.ToLookup(p => p.SessionId, p => new SessionApp(p.ClientId, names.App(p.ClientId)));
        return [.. live.Select(s => new SessionRow(
            s.Id.ToString("N"),
            new(s.AuthenticatedAt, AccountNames.Device(s.Device), Method: names.Method(s.Connector)),
            s.LastSeenAt,
            [.. apps[s.Id]],
            s.Id == current.Id))];
    }

    /// <summary>Ends one other session of the same person. A stranger's or an unknown id changes nothing and is answered alike.</summary>
    public async Task EndAsync(Session current, Guid id)
    {
        if (id == current.Id || !await db.Sessions.AnyAsync(s => s.Id == id && s.PersonId == current.PersonId)) return;
        await EndAsync(id);
    }

    /// <summary>Ends one application on one device, this one or another; what it may do while the person is away ends too.</summary>
    public async Task LeaveAsync(Session current, Guid id, string clientId)
    {
        if (await db.Sessions.AnyAsync(s => s.Id == id && s.PersonId == current.PersonId && s.EndedAt == null))
            await logout.LeaveElsewhereAsync(id, clientId, CancellationToken.None);
    }

    /// <summary>
    /// Nothing of this person stays alive outside the current session. Runs to its end even when the browser gives up waiting:
    /// half an emergency brake is none.
    /// </summary>
    public async Task EndOthersAsync(Session current)
    {
        var others = await db.Sessions.Where(s => s.PersonId == current.PersonId && s.Id != current.Id && s.EndedAt == null).Select(s => s.Id).ToListAsync();
        foreach (var other in others) await EndAsync(other);

        // Long-lived grants outlive an ordinary sign-out; those of sessions that ended before are still out there.
        await using var transaction = await db.Database.BeginTransactionAsync();
        DateTimeOffset? now = clock.GetUtcNow();
        var left = await db.Grants.Where(g => g.PersonId == current.PersonId && g.SessionId != current.Id && g.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.RevokedAt, now).SetProperty(g => g.RevokedReason, EndedByOwner));
        trail.Add(OthersEnded, personId: current.PersonId, sessionId: current.Id, detail: $"sessions={others.Count} grants={left}");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private Task<bool> EndAsync(Guid id) => logout.EndElsewhereAsync(id, EndedByOwner, includeOffline: true, CancellationToken.None);
}
