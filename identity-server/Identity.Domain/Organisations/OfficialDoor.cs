using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Linking;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>
/// The official mailbox of a standing. Closing it freezes the link, ends the sessions that came in by it, revokes what applications
/// were granted through it, also for use without the person, and owes each of them a logout. Every other door of the person stays open.
/// </summary>
public sealed class OfficialDoor(IdentityDb db, SessionStore sessions, ClientRegistry registry, AuditTrail audit, TimeProvider clock)
{
    /// <summary>In the transaction of the standing's end.</summary>
    public async Task CloseAsync(Affiliation standing, string reason, bool keepsMailbox, CancellationToken ct)
    {
        var official = Connectors();
        if (official.Count == 0) return;
        // The mark of the freeze must read the same on both engines, which keep times to different fractions.
        var now = StoredTime.Now(clock);
        var post = await db.StaffRecords.SingleOrDefaultAsync(r => r.AffiliationId == standing.Id, ct);
        var staysOfficial = await HasAnotherPostAsync(standing, now, ct);
        var links = await db.LinkedIdentities.AsNoTracking().Where(l => l.PersonId == standing.PersonId && official.Contains(l.Connector)).ToListAsync(ct);
        var closing = staysOfficial ? [.. links.Where(l => IsMailboxOf(post, l))] : links;
        if (!keepsMailbox) await FreezeAsync(closing, post, reason, now, ct);
        // Without any post left, whatever came through such a door is over, also through a link that is gone by now.
        await EndVisitsAsync(standing.PersonId, staysOfficial ? [.. closing.Select(l => l.Connector).Distinct()] : official, reason, now, ct);
        await WakeUp.SendAsync(db, WakeUpCall.LogoutDeliveries, ct);
    }

    /// <summary>The mailbox itself is out of use, whatever posts hang on it. In the caller's transaction; returns the moment that marks the freeze.</summary>
    public async Task<DateTimeOffset> CloseMailboxAsync(LinkedIdentity link, string reason, CancellationToken ct)
    {
        var now = StoredTime.Now(clock);
        await FreezeAsync([link], post: null, reason, now, ct);
        await EndVisitsAsync(link.PersonId, [link.Connector], reason, now, ct);
        await WakeUp.SendAsync(db, WakeUpCall.LogoutDeliveries, ct);
        return now;
    }

    /// <summary>Back in the post: the doors that its end froze open again, and none that a conflict froze.</summary>
    public async Task ThawAsync(Affiliation standing, CancellationToken ct)
    {
        if (await db.StaffRecords.SingleOrDefaultAsync(r => r.AffiliationId == standing.Id && r.DoorsFrozenAt != null, ct) is { } post) await ThawAsync(post, standing.PersonId, ct);
    }

    internal async Task ThawAsync(StaffRecord post, Guid personId, CancellationToken ct)
    {
        if (post.DoorsFrozenAt is not { } frozenAt) return;
        post.DoorsFrozenAt = null;
        var thawed = await db.LinkedIdentities.Where(l => l.PersonId == personId && l.FrozenAt == frozenAt)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.FrozenAt, (DateTimeOffset?)null), ct);
        if (thawed > 0) audit.Add("identity.thawed", personId: personId, detail: $"{thawed} official mailbox(es)");
    }

    public bool IsOfficial(string connector) => registry.FindConnector(connector) is { Kind: ConnectorKind.OfficialMail };

    internal List<string> Connectors() => [.. registry.Document.Connectors.Where(c => c.Kind == ConnectorKind.OfficialMail).Select(c => c.Name)];

    private static bool IsMailboxOf(StaffRecord? post, LinkedIdentity link) => post?.MailSubject is { } subject && link.Subject == subject && link.Issuer == post.MailIssuer;

    private Task<bool> HasAnotherPostAsync(Affiliation standing, DateTimeOffset now, CancellationToken ct) => db.Affiliations.AnyAsync(a =>
        a.PersonId == standing.PersonId && a.Id != standing.Id && a.OrgUnitId != null && a.EndedAt == null && a.SuspendedAt == null
        && a.ValidFrom <= now && (a.ValidTo == null || a.ValidTo > now), ct);

    private async Task FreezeAsync(IReadOnlyList<LinkedIdentity> links, StaffRecord? post, string reason, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var link in links)
        {
            // First of all statements about sign-ins: one that is under way holds this row or will find it frozen.
            if (await db.LinkedIdentities.Where(l => l.Id == link.Id && l.FrozenAt == null).ExecuteUpdateAsync(set => set.SetProperty(l => l.FrozenAt, (DateTimeOffset?)now), ct) == 0) continue;
            if (post is not null) post.DoorsFrozenAt = now;
            audit.Add("identity.frozen", reason, link.PersonId, connector: link.Connector);
        }
    }

    private async Task EndVisitsAsync(Guid personId, IReadOnlyList<string> doors, string reason, DateTimeOffset now, CancellationToken ct)
    {
        var open = await db.Sessions.Where(s => s.PersonId == personId && s.EndedAt == null && s.ExpiresAt > now).Select(s => new { s.Id, s.Connector }).ToListAsync(ct);
        foreach (var session in open.Where(s => doors.Contains(s.Connector))) await sessions.EndAsync(session.Id, reason, includeOffline: false, CanNotify, ct);
        // Codes that nobody has redeemed yet; they live for a minute.
        await db.AuthorizationCodes.Where(c => c.ExpiresAt > now && c.PersonId == personId && doors.Contains(c.Connector) && c.RedeemedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RedeemedAt, (DateTimeOffset?)now), ct);
        var granted = db.Grants.Where(g => g.PersonId == personId && doors.Contains(g.Connector) && g.RevokedAt == null);
        var visits = await granted.Select(g => new { g.SessionId, g.ClientId }).Distinct().ToListAsync(ct);
        await granted.ExecuteUpdateAsync(set => set.SetProperty(g => g.RevokedAt, (DateTimeOffset?)now).SetProperty(g => g.RevokedReason, reason), ct);
        // The person signed in again by another door meanwhile: that session goes on, its official visits do not.
        foreach (var visit in visits.Where(v => open.Any(s => s.Id == v.SessionId && !doors.Contains(s.Connector))))
            await sessions.OweLogoutAsync(visit.SessionId, visit.ClientId, CanNotify, ct);
    }

    private bool CanNotify(string clientId) => registry.FindClient(clientId)?.BackchannelLogoutUri is not null;
}
