using Identity.Domain.Audit;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Linking;

/// <summary>What a decision changes at doors and records, and how that is taken back. Part of <see cref="ConflictDesk"/>'s transaction.</summary>
public sealed class ConflictEffects(IdentityDb db, LinkConflicts conflicts, Doors doors, DoorVisits visits, RecordCorrections records, AuditTrail audit)
{
    /// <summary>Reason in <c>session.ended</c> and on revoked grants.</summary>
    public const string DoorMoved = "door_moved";

    /// <summary>Null when it is done.</summary>
    public async Task<ConflictOutcome?> ApplyAsync(LinkConflict conflict, CancellationToken ct)
    {
        var door = await conflicts.DoorAsync(conflict, ct);
        conflict.FrozenBefore = door?.FrozenAt;
        if (conflict.Decision == ConflictDecision.Belongs)
        {
            if (conflict.Kind != LinkRefusal.AlreadyLinkedToAnotherPerson && await CorrectAsync(conflict, ct) is { } refused) return refused;
            if (conflict.Kind == LinkRefusal.AlreadyLinkedToAnotherPerson && door is not null && door.PersonId != conflict.BelongsTo)
            {
                conflict.HeldBefore = door.PersonId;
                await MoveAsync(door, conflict.BelongsTo!.Value, frozenAt: null, ct);
                return null;
            }
        }
        if (door is not null) await FreezeAsync(door, conflict.Decision == ConflictDecision.Shut ? conflict.ResolvedAt : null, conflict, ct);
        return null;
    }

    /// <summary>False when somebody else has changed the door or a record since.</summary>
    public async Task<bool> UndoAsync(LinkConflict conflict, CancellationToken ct)
    {
        var door = await conflicts.DoorAsync(conflict, ct);
        if (!await records.UndoAsync([.. conflict.Parties.Select(p => p.PersonId)], conflict.ResolvedAt!.Value, ct)) return false;
        if (conflict.HeldBefore is { } holder)
        {
            if (door is null || door.PersonId != conflict.BelongsTo) return false;
            await MoveAsync(door, holder, conflict.FrozenBefore, ct);
            return true;
        }
        if (door is not null) await FreezeAsync(door, conflict.FrozenBefore, conflict, ct);
        return true;
    }

    private async Task<ConflictOutcome?> CorrectAsync(LinkConflict conflict, CancellationToken ct)
    {
        var (source, person, at) = (conflicts.Read(conflict), conflict.BelongsTo!.Value, conflict.ResolvedAt!.Value);
        var name = conflict.Kind == LinkRefusal.BirthDateDiffers ? AttributeNames.BirthDate : AttributeNames.PersonalNumber;
        if (source.Find(name) is null) return ConflictOutcome.NothingSaid;
        if (name == AttributeNames.PersonalNumber)
        {
            var holders = await records.HoldersAsync(source, ct);
            var parties = conflict.Parties.Select(p => p.PersonId).ToList();
            if (holders.Exists(h => !parties.Contains(h))) return ConflictOutcome.HeldByAnother;
            foreach (var other in holders.Where(h => h != person)) await records.LeaveAsync(other, name, source, at, ct);
            if (holders.Contains(person)) return null;
        }
        await records.TakeAsync(person, name, source, at, ct);
        return null;
    }

    private async Task MoveAsync(LinkedIdentity door, Guid to, DateTimeOffset? frozenAt, CancellationToken ct)
    {
        if (!await doors.GiveAsync(door, to, frozenAt, ct)) throw new DbUpdateConcurrencyException("The door was removed while it was decided about.");
        // Another account of theirs at the same provider goes on.
        if (!await db.LinkedIdentities.AnyAsync(l => l.PersonId == door.PersonId && l.Connector == door.Connector, ct)) await visits.EndAsync(door.PersonId, door.Connector, DoorMoved, ct);
    }

    private async Task FreezeAsync(LinkedIdentity door, DateTimeOffset? frozenAt, LinkConflict conflict, CancellationToken ct)
    {
        if (door.FrozenAt is null == frozenAt is null) return;
        await db.LinkedIdentities.Where(l => l.Id == door.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.FrozenAt, frozenAt), ct);
        audit.Add(frozenAt is null ? "identity.thawed" : "identity.frozen", frozenAt is null ? null : conflict.Kind.ToString(), door.PersonId, connector: door.Connector, reference: conflict.Reference);
        if (frozenAt is not null) await visits.EndAsync(door.PersonId, door.Connector, "door_frozen", ct);
    }
}
