using Identity.Domain.Assurance;
using Identity.Domain.Audit;
using Identity.Domain.Grants;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Sessions;

/// <summary>Sessions live here; the browser holds a reference. Ending one revokes its grants and owes every application a logout, all in one transaction.</summary>
public sealed class SessionStore(IdentityDb db, IHotStatements statements, GrantStore grants, Leaving leaving, AuditTrail audit, TimeProvider clock)
{
    /// <summary>How often being seen is written down: often enough for the idle limit, rarely enough for the hot path.</summary>
    internal static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(1);

    /// <summary>The live session behind a cookie, with what the next answer to <paramref name="clientId"/> depends on; or null. Slides the idle limit.</summary>
    public async Task<SignedIn?> FindAsync(string secret, string? clientId, SessionLimits limits, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var found = await statements.FindSignedInAsync(BearerSecret.DigestOf(secret), clientId, now, now - limits.Idle, ct);
        if (found is not null && !limits.IsSeenLately(found.Session, now)) return null;
        if (found?.Session is { } session && session.LastSeenAt + SeenStep < now)
            await db.Sessions.Where(s => s.Id == session.Id && s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now), ct);
        return found;
    }

    /// <summary>A person is signed in; whoever had asked to leave stays. The caller commits.</summary>
    public async Task BeginAsync(Session session, CancellationToken ct)
    {
        db.Sessions.Add(session);
        audit.Add("session.started", personId: session.PersonId, sessionId: session.Id, connector: session.Connector,
            detail: $"acr={session.Acr} amr={session.Amr} proofing={session.Proofing}");
        await leaving.StayAsync(session.PersonId, ct);
    }

    /// <summary>Adds the application to the session; the <c>sid</c> of the first call stays. A second subject makes the visit one of several: its logout then names the session alone.</summary>
    public async Task<string> JoinAsync(Guid sessionId, string clientId, string subject, CancellationToken ct)
    {
        var sid = BearerSecret.NewIdentifier();
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO session_participants (session_id, client_id, sid, subject, first_at)
            VALUES ({sessionId}, {clientId}, {sid}, {subject}, {now}) ON CONFLICT (session_id, client_id)
                DO UPDATE SET subject = CASE WHEN session_participants.subject = excluded.subject THEN excluded.subject ELSE '' END
            """, ct);
        return await db.SessionParticipants.Where(p => p.SessionId == sessionId && p.ClientId == clientId).Select(p => p.Sid).SingleAsync(ct);
    }

    /// <summary>What the person chose to be at this application in this session; null before they have.</summary>
    public Task<string?> CapacityAsync(Guid sessionId, string clientId, CancellationToken ct) =>
        db.SessionCapacities.Where(c => c.SessionId == sessionId && c.ClientId == clientId).Select(c => c.Capacity).SingleOrDefaultAsync(ct);

    /// <summary>The latest choice counts; one statement, because two tabs may choose at once.</summary>
    public Task RememberCapacityAsync(Guid sessionId, string clientId, string capacity, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO session_capacities (session_id, client_id, capacity, chosen_at) VALUES ({sessionId}, {clientId}, {capacity}, {now})
            ON CONFLICT (session_id, client_id) DO UPDATE SET capacity = excluded.capacity, chosen_at = excluded.chosen_at
            """, ct);
    }

    public Task<List<SessionParticipant>> ParticipantsAsync(Guid sessionId, CancellationToken ct) =>
        db.SessionParticipants.AsNoTracking().Where(p => p.SessionId == sessionId).OrderBy(p => p.FirstAt).ToListAsync(ct);

    public async Task<List<Session>> LiveSessionsAsync(Guid personId, SessionLimits limits, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var idleSince = now - limits.Idle;
        var found = await db.Sessions.AsNoTracking().Where(s => s.PersonId == personId && s.EndedAt == null && s.ExpiresAt > now && s.LastSeenAt > idleSince)
            .OrderByDescending(s => s.LastSeenAt).ToListAsync(ct);
        return [.. found.Where(s => limits.IsSeenLately(s, now))];
    }

    /// <summary>True when this call ended the session. <paramref name="canNotify"/> says which clients registered a back-channel address.</summary>
    public async Task<bool> EndAsync(Guid sessionId, string reason, bool includeOffline, Func<string, bool> canNotify, CancellationToken ct)
    {
        // A sign-in ends the session of somebody else in its own transaction.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        DateTimeOffset? now = clock.GetUtcNow();
        if (await db.Sessions.Where(s => s.Id == sessionId && s.EndedAt == null).ExecuteUpdateAsync(set => set
                .SetProperty(s => s.EndedAt, now).SetProperty(s => s.EndReason, reason), ct) == 0) return false;
        await grants.RevokeSessionAsync(sessionId, includeOffline, "session_ended", ct);
        foreach (var participant in await ParticipantsAsync(sessionId, ct)) await OweLogoutAsync(participant, canNotify, ct);
        var personId = await db.Sessions.Where(s => s.Id == sessionId).Select(s => s.PersonId).SingleAsync(ct);
        audit.Add("session.ended", reason, personId, sessionId: sessionId);
        await db.SaveChangesAsync(ct);
        if (transaction is not null) await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>
    /// The same person signed in again: a new session under a new secret takes over everything that hangs on the old one, so that
    /// applications keep their <c>sid</c> and one sign-out still reaches them all. The caller owns the transaction.
    /// </summary>
    public async Task ReplaceAsync(Session old, Session renewed, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        if (await db.Sessions.Where(s => s.Id == old.Id && s.EndedAt == null).ExecuteUpdateAsync(set => set
                .SetProperty(s => s.EndedAt, now).SetProperty(s => s.EndReason, "renewed"), ct) == 0) return;
        await db.SessionParticipants.Where(p => p.SessionId == old.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.SessionId, renewed.Id), ct);
        await db.Grants.Where(g => g.SessionId == old.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.SessionId, renewed.Id), ct);
        await db.AuthorizationCodes.Where(c => c.SessionId == old.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SessionId, renewed.Id), ct);
        audit.Add("session.renewed", personId: old.PersonId, sessionId: renewed.Id);
    }

    /// <summary>
    /// The person has proved something more in a session that goes on: same session, same applications, same end, and a new secret,
    /// because what it is worth has changed (L10). False when the session has ended or another tab was faster. The caller commits.
    /// </summary>
    public async Task<bool> StrengthenAsync(Session session, AuthenticationContext context, BearerSecret renewed, CancellationToken ct)
    {
        var (amr, proofs) = (string.Join(' ', context.Amr), Proof.Write(context.Proofs));
        if (await db.Sessions.Where(s => s.Id == session.Id && s.SecretDigest == session.SecretDigest && s.EndedAt == null).ExecuteUpdateAsync(set => set
                .SetProperty(s => s.SecretDigest, renewed.Digest).SetProperty(s => s.Acr, context.Acr).SetProperty(s => s.Amr, amr)
                .SetProperty(s => s.Level, context.Level).SetProperty(s => s.AuthenticatedAt, context.AuthenticatedAt)
                .SetProperty(s => s.Proofs, proofs), ct) == 0) return false;
        audit.Add("session.strengthened", personId: session.PersonId, sessionId: session.Id, connector: session.Connector, detail: $"acr={context.Acr} amr={amr}");
        return true;
    }

    /// <summary>Takes one application out of a session that goes on. True when it had taken part.</summary>
    /// <param name="includeOffline">What the application may do without the person ends too.</param>
    public async Task<bool> LeaveAsync(Guid sessionId, string clientId, bool includeOffline, Func<string, bool> canNotify, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var taken = db.SessionParticipants.Where(p => p.SessionId == sessionId && p.ClientId == clientId);
        if (await taken.AsNoTracking().SingleOrDefaultAsync(ct) is not { } participant || await taken.ExecuteDeleteAsync(ct) == 0) return false;
        await grants.RevokeInSessionAsync(sessionId, clientId, includeOffline, "signed_out_of_application", ct);
        await OweLogoutAsync(participant, canNotify, ct);
        var personId = await db.Sessions.Where(s => s.Id == sessionId).Select(s => s.PersonId).SingleAsync(ct);
        audit.Add("session.left", personId: personId, clientId: clientId, sessionId: sessionId);
        await db.SaveChangesAsync(ct);
        if (transaction is not null) await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>What the application did in one capacity is over; the session, and its part in it, go on. The caller owns the transaction.</summary>
    public async Task OweLogoutAsync(Guid sessionId, string clientId, Func<string, bool> canNotify, CancellationToken ct)
    {
        if (await db.SessionParticipants.AsNoTracking().SingleOrDefaultAsync(p => p.SessionId == sessionId && p.ClientId == clientId, ct) is { } participant)
            await OweLogoutAsync(participant, canNotify, ct);
    }

    private async Task OweLogoutAsync(SessionParticipant participant, Func<string, bool> canNotify, CancellationToken ct)
    {
        // Left before and joined again: the newer visit is the one to end, and its message names the person as well.
        await db.LogoutDeliveries.Where(d => d.SessionId == participant.SessionId && d.ClientId == participant.ClientId).ExecuteDeleteAsync(ct);
        var now = clock.GetUtcNow();
        db.LogoutDeliveries.Add(new()
        {
            SessionId = participant.SessionId,
            ClientId = participant.ClientId,
            Sid = participant.Sid,
            Subject = participant.Subject,
            State = canNotify(participant.ClientId) ? LogoutDeliveryState.Pending : LogoutDeliveryState.NotPossible,
            CreatedAt = now,
            NextAttemptAt = now,
        });
    }
}

/// <param name="Idle">Unseen for this long, the session is over.</param>
/// <param name="Absolute">From sign-in, whatever happens.</param>
/// <param name="SharedIdle">The same on a computer that many people use.</param>
public sealed record SessionLimits(TimeSpan Idle, TimeSpan Absolute, TimeSpan SharedIdle)
{
    public bool IsSeenLately(Session session, DateTimeOffset now) => session.LastSeenAt > now - IdleOf(session);

    /// <summary>When a session that has just been seen ends if nothing happens any more.</summary>
    public DateTimeOffset EndOf(Session session, DateTimeOffset now)
    {
        var seen = session.LastSeenAt + SessionStore.SeenStep < now ? now : session.LastSeenAt;
        return seen + IdleOf(session) < session.ExpiresAt ? seen + IdleOf(session) : session.ExpiresAt;
    }

    private TimeSpan IdleOf(Session session) => session.SharedComputer == true && SharedIdle < Idle ? SharedIdle : Idle;
}
