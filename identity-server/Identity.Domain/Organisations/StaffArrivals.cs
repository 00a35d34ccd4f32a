using Identity.Domain.Audit;
using Identity.Domain.People;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>
/// After a sign-in: posts that waited for this mailbox or this national number become the person's, and posts that are used are marked
/// as such. In a transaction of its own, behind the sign-in's: a leaver's event takes the same rows in the other order.
/// </summary>
public sealed class StaffArrivals(IdentityDb db, StaffPosts posts, MailboxConflicts conflicts, OfficialMailboxes mailboxes, OfficialDoor door, AuditTrail audit, TimeProvider clock)
{
    /// <param name="external">With the connector's proofing ceiling applied.</param>
    public async Task ArriveAsync(Guid personId, ExternalIdentity external, CancellationToken ct)
    {
        var isOfficial = door.IsOfficial(external.Connector);
        var number = external.Proofing == ProofingLevel.Level02 ? NumberOf(external) : null;
        if (!isOfficial && number is null) return;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (number is not null) await ArriveByNumberAsync(personId, posts.NumberDigest(number), ct);
        if (isOfficial) await ArriveByMailboxAsync(personId, external, ct);
        if (isOfficial) await mailboxes.NoteAsync(personId, external, ct);
        if (isOfficial) await TouchAsync(personId, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task ArriveByNumberAsync(Guid personId, string digest, CancellationToken ct)
    {
        foreach (var record in await db.StaffRecords.Where(r => r.NumberDigest == digest && r.PersonId == null && r.State != StaffState.Left).ToListAsync(ct))
            await posts.AttachAsync(record, personId, ct);
    }

    private async Task ArriveByMailboxAsync(Guid personId, ExternalIdentity external, CancellationToken ct)
    {
        var digest = external.Find(AttributeNames.Email) is { Length: > 0 } mail ? posts.MailDigest(mail) : null;
        // By the directory's id where it is known; the address counts only until then.
        var mine = await db.StaffRecords.Where(r => r.State != StaffState.Left
            && ((r.MailIssuer == external.Issuer && r.MailSubject == external.Subject) || (r.MailSubject == null && r.MailDigest != null && r.MailDigest == digest))).ToListAsync(ct);
        foreach (var record in mine)
        {
            if (record.PersonId is { } owner && owner != personId) await conflicts.FreezeAsync(record, personId, external.Connector, ct);
            else if (record.PersonId is not null || await posts.AttachAsync(record, personId, ct)) Bind(record, external);
        }
    }

    private void Bind(StaffRecord record, ExternalIdentity external)
    {
        if (record.MailSubject is not null) return;
        (record.MailIssuer, record.MailSubject) = (external.Issuer, external.Subject);
        audit.Add("staff.mailbox_bound", personId: record.PersonId, connector: external.Connector, detail: $"{record.Source} {record.StaffNumber}");
    }

    private Task<int> TouchAsync(Guid personId, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return db.Affiliations.Where(a => a.PersonId == personId && a.OrgUnitId != null && a.EndedAt == null && a.SuspendedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.LastUsedAt, now), ct);
    }

    private string? NumberOf(ExternalIdentity external) =>
        external.Find(AttributeNames.PersonalNumber) is { } asserted && PersonalNumber.FromAssertion(asserted, clock.GetUtcNow()) is { Number: { } number, Error: null } ? number.Value : null;
}
