using Identity.Domain.Administration;
using Identity.Domain.Storage;

namespace Identity.Domain.Organisations;

/// <summary>The units of today, as far as whoever asks may see them: an agency's administrator sees that agency's tree and nothing beside it.</summary>
public sealed class UnitList(IdentityDb db, TimeProvider clock)
{
    public const int PageSize = 100;

    /// <summary>By code. A province has some thousands of units, so the tree is read whole.</summary>
    /// <param name="after">The last code of the page before.</param>
    public async Task<UnitPage> PageAsync(AdminActor actor, string? after, CancellationToken ct)
    {
        var seen = (await SeenAsync(actor, ct)).Where(unit => string.CompareOrdinal(unit.Code, after) > 0).OrderBy(unit => unit.Code, StringComparer.Ordinal).Take(PageSize + 1).ToList();
        return new UnitPage([.. seen.Take(PageSize)], seen.Count > PageSize ? seen[PageSize - 1].Code : null);
    }

    /// <summary>Null for a unit that is not there, and for one that this actor may not see: nobody learns which.</summary>
    public async Task<OrgUnitAt?> FindAsync(AdminActor actor, Guid id, CancellationToken ct) => (await SeenAsync(actor, ct)).FirstOrDefault(unit => unit.Id == id);

    private async Task<IEnumerable<OrgUnitAt>> SeenAsync(AdminActor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var tree = await OrgTree.LoadAsync(db, ct);
        var within = actor.Scope(Permission.ReadOrganisations, tree, now);
        return tree.Units.Where(unit => within is AdminScope.Province || (within is AdminScope.Units units && units.Ids.Contains(unit.Id))).Select(unit => tree.At(unit.Id, now)).OfType<OrgUnitAt>();
    }
}

/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record UnitPage(IReadOnlyList<OrgUnitAt> Units, string? Next);
