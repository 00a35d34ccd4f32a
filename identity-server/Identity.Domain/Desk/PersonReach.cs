using Identity.Domain.Administration;
using Identity.Domain.Organisations;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Desk;

/// <summary>
/// Whom an administrator can reach. The province reaches everybody; an agency reaches who is in office in its tree and has signed in by
/// that office: a personnel list alone would let an agency pull in any stranger whose number it writes down (M2).
/// </summary>
public sealed class PersonReach(IdentityDb db, TimeProvider clock)
{
    /// <summary>Those of <paramref name="people"/> that the permission reaches.</summary>
    public async Task<IReadOnlyList<Guid>> WithinAsync(AdminActor actor, Permission permission, IReadOnlyList<Guid> people, CancellationToken ct)
    {
        if (people.Count == 0 || actor.May(permission)) return people;
        var units = await UnitsAsync(actor, permission, ct);
        return await InOffice(units).Where(a => people.Contains(a.PersonId)).Select(a => a.PersonId).Distinct().ToListAsync(ct);
    }

    public async Task<bool> ReachesAsync(AdminActor actor, Permission permission, Guid personId, CancellationToken ct) =>
        (await WithinAsync(actor, permission, [personId], ct)).Count == 1;

    /// <summary>Null when the deed is theirs to do.</summary>
    public async Task<DeskRefusal?> JudgeDeedAsync(AdminActor actor, Permission permission, Guid personId, CancellationToken ct)
    {
        if (!await ReachesAsync(actor, permission, personId, ct)) return DeskRefusal.NotThere;
        if (actor.PersonId == personId) return DeskRefusal.IsOneself;
        // An agency that could lock out the province's people would decide who rules it (M2).
        return actor.May(permission) || !await HoldsMoreThanAgencyAsync(personId, ct) ? null : DeskRefusal.StandsAbove;
    }

    /// <summary>Ids of the units that the permission reaches; only for who does not have it in the province.</summary>
    public async Task<List<Guid>> UnitsAsync(AdminActor actor, Permission permission, CancellationToken ct) =>
        actor.Scope(permission, await OrgTree.LoadAsync(db, ct), clock.GetUtcNow()) is AdminScope.Units { Ids: var ids } ? [.. ids] : [];

    /// <summary>Name of the agency in whose name the actor works; null for the province.</summary>
    public async Task<string?> OfficeAsync(AdminActor actor, Permission permission, CancellationToken ct)
    {
        if (actor.May(permission)) return null;
        var unit = actor.Roles.FirstOrDefault(r => r.UnitId is not null && AdminRoles.PermissionsOf(r.Role).Contains(permission))?.UnitId;
        return await db.OrgUnits.Where(u => u.Id == unit).Select(u => u.NameVi).SingleOrDefaultAsync(ct);
    }

    public IQueryable<Affiliation> InOffice(IReadOnlyList<Guid> units) =>
        db.Affiliations.AsNoTracking().Where(a => a.OrgUnitId != null && units.Contains(a.OrgUnitId.Value) && a.EndedAt == null && a.LastUsedAt != null);

    private Task<bool> HoldsMoreThanAgencyAsync(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.RoleAssignments.AnyAsync(r => r.PersonId == personId && r.UnitId == null && r.EndedAt == null && (r.ValidUntil == null || r.ValidUntil > now), ct);
    }
}

/// <summary>Why a deed at the desk was not done.</summary>
public enum DeskRefusal
{
    /// <summary>Not there, not within reach, or the look-up is over: the three look the same.</summary>
    NotThere,
    IsOneself,

    /// <summary>They hold a role of the province; an agency does not act on them.</summary>
    StandsAbove,
    ReasonIsMissing,
    CaseIsMissing,
    CaseIsWrong,

    /// <summary>Somebody else was faster, or it had been so before.</summary>
    IsSoAlready,

    /// <summary>What stands there now is not what was read: another proposal took its place.</summary>
    ChangedMeanwhile,

    /// <summary>The province did it; only the province undoes it.</summary>
    IsTheProvinces,

    /// <summary>Whoever asked for it cannot be the second pair of eyes.</summary>
    NeedsAnother,

    /// <summary>Two people have to look, and a service account is none.</summary>
    NeedsHuman,

    /// <summary>As <see cref="Linking.ConflictOutcome"/> of the same name; so are the others below.</summary>
    NotAParty,
    HeldByAnother,
    NothingSaid,
    TooLate,
    ChangedSince,
    OpenAgain,
}
