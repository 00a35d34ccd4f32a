using System.Text.Json;
using Identity.Domain.Audit;
using Identity.Domain.Notices;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Linking;

/// <summary>Cases as they come up, for <see cref="ConflictDesk"/> to decide. Callers commit.</summary>
public sealed class LinkConflicts(IdentityDb db, PersonalDataVault vault, AuditTrail audit, NoticeBoard notices, TimeProvider clock)
{
    /// <summary>Refusals that only a human with documents can end; every other one the person can end alone.</summary>
    public static bool IsConflict(LinkRefusal why) => why is LinkRefusal.PersonalNumberMismatch or LinkRefusal.SeveralPeopleShareNumber
        or LinkRefusal.BirthDateDiffers or LinkRefusal.AlreadyLinkedToAnotherPerson;

    /// <param name="freezeDoor">The door that two people claim signs nobody in until the desk has looked.</param>
    public async Task<LinkConflict> RecordAsync(LinkRefusal why, LinkEvidence evidence, string reference, bool freezeDoor, CancellationToken ct)
    {
        var external = evidence.External;
        var digest = vault.Digest(VaultPurpose.ConflictDoor, $"{external.Issuer}\n{external.Subject}");
        var open = await db.LinkConflicts.Include(c => c.Parties).SingleOrDefaultAsync(c => c.DoorDigest == digest && c.Kind == why && c.ResolvedAt == null, ct);
        var now = clock.GetUtcNow();
        if (open is null)
        {
            open = new() { Kind = why, Connector = external.Connector, DoorDigest = digest, SealedIdentity = "", Reference = reference, CreatedAt = now };
            db.LinkConflicts.Add(open);
            audit.Add("conflict.opened", why.ToString(), connector: external.Connector, reference: reference, detail: open.Id.ToString());
        }
        else open.Attempts++;
        (open.Reference, open.LastSeenAt) = (reference, now);
        open.SealedIdentity = vault.Seal(VaultPurpose.PendingIdentity, open.Id.ToString(), JsonSerializer.Serialize(external));
        Involve(open, evidence);
        if (freezeDoor) await FreezeAsync(external, open, ct);
        if (open.Attempts == 1 && why == LinkRefusal.AlreadyLinkedToAnotherPerson) await TellAsync(open, freezeDoor, ct);
        return open;
    }

    public Task<LinkConflict?> FindAsync(Guid id, CancellationToken ct) =>
        db.LinkConflicts.AsNoTracking().Include(c => c.Parties).SingleOrDefaultAsync(c => c.Id == id, ct);

    /// <summary>Oldest first: nobody's case is forgotten under newer ones.</summary>
    public Task<List<LinkConflict>> OpenAsync(CancellationToken ct) =>
        db.LinkConflicts.AsNoTracking().Include(c => c.Parties).Where(c => c.ResolvedAt == null).OrderBy(c => c.CreatedAt).ToListAsync(ct);

    /// <summary>Open cases that this person knows of: they were shown the page, or told that somebody claims their door.</summary>
    public Task<List<LinkConflict>> OpenOfAsync(Guid personId, CancellationToken ct) =>
        db.LinkConflicts.AsNoTracking().Where(c => c.ResolvedAt == null && c.Parties.Any(p => p.PersonId == personId && (p.Proved || c.Kind == LinkRefusal.AlreadyLinkedToAnotherPerson)))
            .OrderBy(c => c.CreatedAt).ToListAsync(ct);

    /// <summary>The door that brought the conflict, as it stands now; null when it is nobody's.</summary>
    public Task<LinkedIdentity?> DoorAsync(LinkConflict conflict, CancellationToken ct)
    {
        var external = Read(conflict);
        return db.LinkedIdentities.AsNoTracking().SingleOrDefaultAsync(l => l.Issuer == external.Issuer && l.Subject == external.Subject, ct);
    }

    public ExternalIdentity Read(LinkConflict conflict) =>
        JsonSerializer.Deserialize<ExternalIdentity>(vault.Open(VaultPurpose.PendingIdentity, conflict.Id.ToString(), conflict.SealedIdentity))!;

    /// <summary>Both sides of a claim on one door hear of it, once per case.</summary>
    private async Task TellAsync(LinkConflict conflict, bool isFrozen, CancellationToken ct)
    {
        foreach (var party in conflict.Parties)
            await notices.TellAsync(party.PersonId, isFrozen ? NoticeKind.ConflictFrozen : NoticeKind.DoorClaimed, new() { Connector = conflict.Connector, Reference = conflict.Reference }, ct);
    }

    private async Task FreezeAsync(ExternalIdentity external, LinkConflict conflict, CancellationToken ct)
    {
        if (await db.LinkedIdentities.SingleOrDefaultAsync(l => l.Issuer == external.Issuer && l.Subject == external.Subject && l.FrozenAt == null, ct) is not { } door) return;
        door.FrozenAt = clock.GetUtcNow();
        audit.Add("identity.frozen", conflict.Kind.ToString(), door.PersonId, connector: door.Connector, reference: conflict.Reference);
    }

    private static void Involve(LinkConflict conflict, LinkEvidence evidence)
    {
        Guid?[] involved = [evidence.Link?.Person.Id, evidence.SignedIn?.Person.Id, .. evidence.SameNumber.Select(p => (Guid?)p.Id)];
        foreach (var id in involved.OfType<Guid>().Distinct())
        {
            var proved = id == evidence.SignedIn?.Person.Id;
            if (conflict.Parties.Find(p => p.PersonId == id) is { } known) known.Proved |= proved;
            else conflict.Parties.Add(new() { ConflictId = conflict.Id, PersonId = id, Proved = proved });
        }
    }
}
