using Identity.Domain.Audit;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Administration;

/// <summary>Which client the administration host is, and how well its people must have proved themselves.</summary>
public sealed record AdminDoor(string ClientId, int MinimumLevel);

/// <summary>Whose session stands behind a visit to the administration host.</summary>
public sealed class AdminSessions(IdentityDb db, AdminDoor door, RoleBook roles, Arrivals arrivals, AuditTrail audit)
{
    /// <summary>At the sign-in: takes up what waits for the person's mailbox, and writes the visit down. Null when the session opens nothing here.</summary>
    public async Task<AdminActor?> EnterAsync(string sid, CancellationToken ct)
    {
        if (await PersonBehindAsync(sid, ct) is not { } person) return null;
        await arrivals.TakeUpAsync(person, ct);
        audit.Add("admin.entered", personId: person, clientId: door.ClientId);
        await db.SaveChangesAsync(ct);
        return await roles.ActorAsync(person, ct);
    }

    /// <summary>With every request. Null when the session has ended, or the person may not act any more.</summary>
    public async Task<AdminActor?> FindAsync(string sid, CancellationToken ct) =>
        await PersonBehindAsync(sid, ct) is { } person ? await roles.ActorAsync(person, ct) : null;

    /// <summary>Whose session it is or was, if they may come back.</summary>
    public Task<Guid?> OwnerAsync(string sid, CancellationToken ct) => (
        from participant in db.SessionParticipants
        join session in db.Sessions on participant.SessionId equals session.Id
        join person in db.People on session.PersonId equals person.Id
        where participant.Sid == sid && participant.ClientId == door.ClientId && person.Status == PersonStatus.Active
        select (Guid?)person.Id).SingleOrDefaultAsync(ct);

    private Task<Guid?> PersonBehindAsync(string sid, CancellationToken ct) => (
        from participant in db.SessionParticipants
        join session in db.Sessions on participant.SessionId equals session.Id
        join person in db.People on session.PersonId equals person.Id
        where participant.Sid == sid && participant.ClientId == door.ClientId && session.EndedAt == null && session.Level >= door.MinimumLevel && person.Status == PersonStatus.Active
        select (Guid?)person.Id).SingleOrDefaultAsync(ct);
}
