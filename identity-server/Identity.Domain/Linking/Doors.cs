using Identity.Domain.Audit;
using Identity.Domain.Factors;
using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Linking;

/// <summary>The doors of one person after they were linked. Callers commit.</summary>
public sealed class Doors(IdentityDb db, AuditTrail audit, NoticeBoard notices, TimeProvider clock)
{
    public Task<List<LinkedIdentity>> OfAsync(Guid personId, CancellationToken ct) =>
        db.LinkedIdentities.AsNoTracking().Where(l => l.PersonId == personId).OrderBy(l => l.LinkedAt).ToListAsync(ct);

    /// <summary>Until the transaction ends nobody else removes a door or a passkey of this person: two removals at once must not each rely on the door that the other takes.</summary>
    public Task HoldAsync(Guid personId, CancellationToken ct) => PersonLock.HoldAsync(db, personId, ct);

    /// <summary>True when this call removed it. Of two accounts at one provider the one that stays becomes the main one.</summary>
    public async Task<bool> RemoveAsync(LinkedIdentity door, CancellationToken ct)
    {
        if (await db.LinkedIdentities.Where(l => l.Id == door.Id && l.PersonId == door.PersonId).ExecuteDeleteAsync(ct) == 0) return false;
        audit.Add("identity.unlinked", personId: door.PersonId, connector: door.Connector, detail: $"proofing={door.Proofing}");
        await notices.TellAsync(door.PersonId, NoticeKind.IdentityUnlinked, new() { Connector = door.Connector }, ct);
        if (door.SecondarySince is not null) return true;
        var heir = await db.LinkedIdentities.Where(l => l.PersonId == door.PersonId && l.Connector == door.Connector).OrderBy(l => l.LinkedAt).FirstOrDefaultAsync(ct);
        if (heir is not null) heir.SecondarySince = null;
        return true;
    }

    /// <summary>The desk has decided whose it is. True when this call moved it; who loses it and who gets it are both told.</summary>
    public async Task<bool> GiveAsync(LinkedIdentity door, Guid personId, DateTimeOffset? frozenAt, CancellationToken ct)
    {
        if (!await RemoveAsync(door, ct)) return false;
        var now = clock.GetUtcNow();
        var isSecondary = await db.LinkedIdentities.AnyAsync(l => l.PersonId == personId && l.Connector == door.Connector, ct);
        var moved = new LinkedIdentity
        {
            PersonId = personId, Connector = door.Connector, Issuer = door.Issuer, Subject = door.Subject, Proofing = door.Proofing,
            LinkedAt = now, LastUsedAt = now, SecondarySince = isSecondary ? now : null, FrozenAt = frozenAt,
        };
        db.LinkedIdentities.Add(moved);
        audit.Add("identity.linked", "desk", personId, connector: door.Connector);
        await notices.TellAsync(personId, NoticeKind.IdentityLinked, new() { Connector = door.Connector, About = moved.Id }, ct);
        return true;
    }

    /// <summary>Whose telephone number and address count, when somebody has two accounts at one provider.</summary>
    public async Task<bool> MakeMainAsync(Guid personId, Guid linkId, CancellationToken ct)
    {
        var chosen = await db.LinkedIdentities.SingleOrDefaultAsync(l => l.Id == linkId && l.PersonId == personId && l.SecondarySince != null, ct);
        if (chosen is null) return false;
        foreach (var main in await db.LinkedIdentities.Where(l => l.PersonId == personId && l.Connector == chosen.Connector && l.SecondarySince == null).ToListAsync(ct))
            main.SecondarySince = clock.GetUtcNow();
        chosen.SecondarySince = null;
        audit.Add("identity.made_main", personId: personId, connector: chosen.Connector);
        return true;
    }
}
