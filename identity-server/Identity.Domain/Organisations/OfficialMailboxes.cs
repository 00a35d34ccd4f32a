using Identity.Domain.Audit;
using Identity.Domain.Linking;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>
/// Whose an official mailbox is, and which ones somebody has: the one answer for roles, invitations and teams. Proved by a sign-in through that
/// mailbox, as long as its door is open and no personnel list says that the mailbox is another person's. An e-mail address among a person's
/// attributes proves nothing: the one from the national e-ID stands there instead of the official one, and anybody can write one into a profile.
/// </summary>
public sealed class OfficialMailboxes(IdentityDb db, StaffPosts posts, OfficialDoor door, PersonalDataVault vault, AuditTrail audit)
{
    /// <summary>After a sign-in through a connector of official mail. In the caller's transaction; the caller saves.</summary>
    public async Task NoteAsync(Guid personId, ExternalIdentity external, CancellationToken ct)
    {
        if (external.Find(AttributeNames.Email)?.Trim() is not { Length: > 0 } mail) return;
        var (digest, box) = (posts.MailDigest(mail), vault.Seal(VaultPurpose.LinkMail, Context(external.Issuer, external.Subject), mail));
        if (await db.LinkedIdentities.Where(l => l.Issuer == external.Issuer && l.Subject == external.Subject && l.PersonId == personId && l.MailDigest != digest)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.MailDigest, digest).SetProperty(l => l.SealedMail, box), ct) == 0) return;
        // An address that was given out again is the newcomer's alone.
        await db.LinkedIdentities.Where(l => l.MailDigest == digest && l.PersonId != personId)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.MailDigest, (string?)null).SetProperty(l => l.SealedMail, (string?)null), ct);
        audit.Add("identity.mailbox_proved", personId: personId, connector: external.Connector);
    }

    /// <summary>Addresses of all official mailboxes of this person.</summary>
    public async Task<IReadOnlyList<string>> OfPersonAsync(Guid personId, CancellationToken ct)
    {
        var links = await Proved().Where(l => l.PersonId == personId).Select(l => new { l.Issuer, l.Subject, l.SealedMail }).ToListAsync(ct);
        var records = await Bound().Where(r => r.PersonId == personId).ToListAsync(ct);
        return [.. links.Select(l => vault.Open(VaultPurpose.LinkMail, Context(l.Issuer, l.Subject), l.SealedMail!)).Concat(records.Select(posts.MailOf).OfType<string>()).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Null when nobody has proved it yet, or when it is not clear whose it is.</summary>
    public async Task<Guid?> HolderOfAsync(string mail, CancellationToken ct)
    {
        var digest = posts.MailDigest(mail.Trim());
        var holders = await Proved().Where(l => l.MailDigest == digest).Select(l => l.PersonId)
            .Union(Bound().Where(r => r.MailDigest == digest).Select(r => r.PersonId!.Value)).Take(2).ToListAsync(ct);
        return holders is [var only] ? only : null;
    }

    /// <summary>
    /// Whether the mailbox is of people or posts in these units. Where it is known whose it is, they have to be in office there: a list of one's own
    /// may name any mailbox. Until then it has to be a post's there, and nowhere else.
    /// </summary>
    /// <param name="holder">As <see cref="HolderOfAsync"/> says.</param>
    internal async Task<bool> IsOfAsync(string mail, Guid? holder, IReadOnlySet<Guid> units, CancellationToken ct)
    {
        if (holder is not null)
            return await db.Affiliations.AnyAsync(a => a.PersonId == holder && a.Kind == AffiliationKind.Official && a.OrgUnitId != null && units.Contains(a.OrgUnitId.Value) && a.EndedAt == null && a.SuspendedAt == null, ct);
        var digest = posts.MailDigest(mail.Trim());
        var places = await db.StaffRecords.Where(r => r.MailDigest == digest && r.State != StaffState.Left).Select(r => r.UnitId).Distinct().ToListAsync(ct);
        return places.Count > 0 && places.All(units.Contains);
    }

    private IQueryable<LinkedIdentity> Proved()
    {
        var official = door.Connectors();
        return db.LinkedIdentities.AsNoTracking().Where(l => l.SealedMail != null && l.FrozenAt == null && official.Contains(l.Connector)
            && !db.StaffRecords.Any(r => r.MailDigest == l.MailDigest && r.PersonId != null && r.PersonId != l.PersonId && r.State != StaffState.Left));
    }

    /// <summary>Posts whose mailbox has signed in.</summary>
    private IQueryable<StaffRecord> Bound() => db.StaffRecords.AsNoTracking().Where(r => r.MailSubject != null && r.PersonId != null && r.State != StaffState.Left);

    private static string Context(string issuer, string subject) => $"{issuer} {subject}";
}
