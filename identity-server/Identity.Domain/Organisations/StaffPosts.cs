using Identity.Domain.Audit;
using Identity.Domain.Notices;
using Identity.Domain.People;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>
/// Records of posts and the standings that they give. Whose a post is, is proved by the national number at level 02 or by the mailbox of
/// the post signing in; a name or an address by itself never is. Callers own the transaction.
/// </summary>
public sealed class StaffPosts(IdentityDb db, StandingEnds ends, OfficialDoor door, StandingNotices notices, PersonalDataVault vault, AuditTrail audit, TimeProvider clock)
{
    public string NumberDigest(string number) => vault.Digest(VaultPurpose.PersonalNumberLookup, number);

    public string MailDigest(string mail) => vault.Digest(VaultPurpose.StaffMailLookup, mail.ToLowerInvariant());

    public string NameOf(StaffRecord record) => vault.Open(VaultPurpose.StaffRecord, Context(record), record.SealedName);

    public string? MailOf(StaffRecord record) => record.SealedMail is { } box ? vault.Open(VaultPurpose.StaffRecord, Context(record), box) : null;

    internal async Task JoinAsync(string source, StaffFacts facts, StaffRecord? record, CancellationToken ct)
    {
        if (record is null)
        {
            record = new StaffRecord { Source = source, StaffNumber = facts.Row.StaffNumber, SealedName = "", CreatedAt = clock.GetUtcNow() };
            db.StaffRecords.Add(record);
        }
        else if (StaffVerdict.IsReassigned(facts, record)) Forget(record);
        Write(record, facts);
        audit.Add("staff.joined", personId: record.PersonId, detail: $"{source} {record.StaffNumber}");
        await db.SaveChangesAsync(ct);
        // Known from before: the same human comes back to the same person.
        if (record.PersonId is { } before) await BeginAsync(record, before, ct);
        else await FindOwnerAsync(record, ct);
    }

    internal async Task ChangeAsync(StaffFacts facts, StaffRecord record, CancellationToken ct)
    {
        if (StaffVerdict.IsReassigned(facts, record))
        {
            await EndStandingAsync(record, StandingEndReason.NumberReassigned, keepsMailbox: false, ct);
            Forget(record);
        }
        var (moved, was) = (record.UnitId != facts.UnitId, record.State);
        Write(record, facts);
        audit.Add(moved ? "staff.moved" : "staff.changed", personId: record.PersonId, detail: $"{record.Source} {record.StaffNumber}");
        await db.SaveChangesAsync(ct);
        if (record.PersonId is not { } person) await FindOwnerAsync(record, ct);
        else if (moved) await MoveAsync(record, person, ct);
        else await AlignAsync(record, was, ct);
    }

    internal async Task LeaveAsync(StaffRecord record, string reason, CancellationToken ct)
    {
        record.State = StaffState.Left;
        record.ChangedAt = clock.GetUtcNow();
        audit.Add("staff.left", reason, record.PersonId, detail: $"{record.Source} {record.StaffNumber}");
        await db.SaveChangesAsync(ct);
        await EndStandingAsync(record, reason, keepsMailbox: false, ct);
    }

    /// <summary>The post is this person's from now on. Refused when a number of theirs, proofed at level 02, says otherwise.</summary>
    internal async Task<bool> AttachAsync(StaffRecord record, Guid personId, CancellationToken ct)
    {
        if (record.State == StaffState.Left) return false;
        if (record.NumberDigest is { } digest && await NumberOfAsync(personId, ct) is { } own && own != digest)
        {
            audit.Add("staff.refused", "number_differs", personId, detail: $"{record.Source} {record.StaffNumber}");
            await db.SaveChangesAsync(ct);
            return false;
        }
        await BeginAsync(record, personId, ct);
        return true;
    }

    private async Task FindOwnerAsync(StaffRecord record, CancellationToken ct)
    {
        if (record.NumberDigest is not { } digest) return;
        var holders = await db.PersonAttributes.AsNoTracking().Where(a => a.LookupDigest == digest && a.SupersededAt == null && a.Level == ProofingLevel.Level02)
            .Select(a => a.PersonId).Distinct().OrderBy(id => id).Take(2).ToListAsync(ct);
        // Two people share one number: the desk decides, not a list.
        if (holders is [var only]) await BeginAsync(record, only, ct);
    }

    private async Task BeginAsync(StaffRecord record, Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var standing = new Affiliation
        {
            PersonId = personId, OrgUnitId = record.UnitId, Kind = AffiliationKind.Official, Strength = RepresentationStrength.ConfirmedByAdministrator,
            Position = record.Position, Source = record.Source, SourceKey = record.StaffNumber, ValidFrom = record.ValidFrom, ValidTo = record.ValidTo, CreatedAt = now,
            SuspendedAt = record.State == StaffState.Suspended ? now : null, SuspendReason = record.State == StaffState.Suspended ? StandingEndReason.SuspendedByList : null,
        };
        db.Affiliations.Add(standing);
        (record.PersonId, record.AffiliationId) = (personId, standing.Id);
        audit.Add("standing.began", personId: personId, connector: record.Source, detail: $"{standing.Kind} {record.UnitId}");
        await notices.TellAsync(standing, NoticeKind.CapacityGiven, ct);
        await db.SaveChangesAsync(ct);
        if (record.State == StaffState.Active) await door.ThawAsync(record, personId, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task MoveAsync(StaffRecord record, Guid personId, CancellationToken ct)
    {
        await EndStandingAsync(record, StandingEndReason.MovedByList, keepsMailbox: true, ct);
        await BeginAsync(record, personId, ct);
    }

    /// <summary>The same standing with what the list says of it now.</summary>
    private async Task AlignAsync(StaffRecord record, StaffState was, CancellationToken ct)
    {
        if (record.AffiliationId is not { } id) return;
        if (await db.Affiliations.Where(a => a.Id == id && a.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.Position, record.Position)
                .SetProperty(a => a.ValidFrom, record.ValidFrom).SetProperty(a => a.ValidTo, record.ValidTo), ct) == 0) return;
        if (record.State == StaffState.Suspended && was != StaffState.Suspended) await ends.SuspendAsync(id, StandingEndReason.SuspendedByList, ct);
        if (record.State == StaffState.Active && was == StaffState.Suspended) await ends.ResumeAsync(id, StandingEndReason.SuspendedByList, ct);
    }

    private async Task EndStandingAsync(StaffRecord record, string reason, bool keepsMailbox, CancellationToken ct)
    {
        if (record.AffiliationId is { } standing) await ends.EndAsync(standing, reason, ct, keepsMailbox);
        record.AffiliationId = null;
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Another human's from now on; nothing of the last one may open anything for the next.</summary>
    private static void Forget(StaffRecord record) =>
        (record.PersonId, record.AffiliationId, record.MailIssuer, record.MailSubject, record.DoorsFrozenAt) = (null, null, null, null, null);

    private void Write(StaffRecord record, StaffFacts facts)
    {
        // A new address may be a new mailbox: the directory's id is learnt again at its next sign-in.
        if (record.MailDigest != facts.MailDigest) (record.MailIssuer, record.MailSubject) = (null, null);
        (record.UnitId, record.Position, record.State) = (facts.UnitId, facts.Position, facts.State);
        (record.NumberDigest, record.MailDigest) = (facts.NumberDigest, facts.MailDigest);
        (record.ValidFrom, record.ValidTo, record.ChangedAt) = (facts.From, facts.To, clock.GetUtcNow());
        record.SealedName = vault.Seal(VaultPurpose.StaffRecord, Context(record), facts.Name);
        record.SealedMail = facts.Row.Mail is { } mail ? vault.Seal(VaultPurpose.StaffRecord, Context(record), mail) : null;
    }

    private Task<string?> NumberOfAsync(Guid personId, CancellationToken ct) => db.PersonAttributes.AsNoTracking()
        .Where(a => a.PersonId == personId && a.Name == AttributeNames.PersonalNumber && a.SupersededAt == null && a.Level == ProofingLevel.Level02)
        .Select(a => a.LookupDigest).SingleOrDefaultAsync(ct);

    private static string Context(StaffRecord record) => $"{record.Source}/{record.StaffNumber}";
}
