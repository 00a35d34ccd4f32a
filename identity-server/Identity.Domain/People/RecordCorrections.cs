using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.People;

/// <summary>
/// Numbers and birth dates that the desk puts right with documents in hand, where no source may: whatever the source's level, its word
/// counts here. Every change of one decision carries its moment, by which it can be taken back.
/// </summary>
public sealed class RecordCorrections(IdentityDb db, PersonDirectory people, AuditTrail audit)
{
    /// <summary>Reason in <c>attribute.changed</c>.</summary>
    public const string Desk = "desk";

    private static readonly string[] Corrected = [AttributeNames.PersonalNumber, AttributeNames.BirthDate];

    /// <summary>Everybody who holds the number that the source gave.</summary>
    public async Task<List<Guid>> HoldersAsync(ExternalIdentity source, CancellationToken ct) => source.Find(AttributeNames.PersonalNumber) is { } number
        ? await people.HoldersOfAsync(number, source, ct)
        : [];

    public async Task TakeAsync(Guid personId, string name, ExternalIdentity source, DateTimeOffset at, CancellationToken ct)
    {
        // A statement of its own: the unique index over active values must see the old one leave before the new one comes.
        await people.SupersedeAsync(personId, name, at, ct);
        db.PersonAttributes.Add(people.Row(personId, name, source.Find(name)!, source, at));
        audit.Add("attribute.changed", Desk, personId, connector: source.Connector, detail: name);
    }

    /// <summary>The number is somebody else's: this record is without one until a source gives it another.</summary>
    public async Task LeaveAsync(Guid personId, string name, ExternalIdentity source, DateTimeOffset at, CancellationToken ct)
    {
        await people.SupersedeAsync(personId, name, at, ct);
        audit.Add("attribute.changed", Desk, personId, connector: source.Connector, detail: name);
    }

    /// <summary>False, with nothing changed, when a record has got another value since.</summary>
    public async Task<bool> UndoAsync(IReadOnlyCollection<Guid> personIds, DateTimeOffset at, CancellationToken ct)
    {
        var rows = await db.PersonAttributes.AsNoTracking().Where(a => personIds.Contains(a.PersonId) && Corrected.Contains(a.Name)).ToListAsync(ct);
        var (made, replaced) = (rows.FindAll(a => a.ObtainedAt == at), rows.FindAll(a => a.SupersededAt == at));
        bool IsAsDecided(PersonAttribute row) => rows.Find(a => a.PersonId == row.PersonId && a.Name == row.Name && a.SupersededAt is null) is var now && (now is null || now.ObtainedAt == at);
        if (made.Exists(a => a.SupersededAt is not null) || !replaced.TrueForAll(IsAsDecided)) return false;
        var (gone, back) = (made.ConvertAll(a => a.Id), replaced.ConvertAll(a => a.Id));
        await db.PersonAttributes.Where(a => gone.Contains(a.Id)).ExecuteDeleteAsync(ct);
        await db.PersonAttributes.Where(a => back.Contains(a.Id)).ExecuteUpdateAsync(set => set.SetProperty(a => a.SupersededAt, (DateTimeOffset?)null), ct);
        foreach (var (personId, name) in made.Concat(replaced).Select(a => (a.PersonId, a.Name)).Distinct()) audit.Add("attribute.changed", "desk_undone", personId, detail: name);
        return true;
    }
}
