using Identity.Domain.Administration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>The tree and its units as an administrator reads them: of any day, and of their own part alone.</summary>
public sealed class UnitView(IdentityDb db, StaffPosts posts, TimeProvider clock)
{
    private const int PageSize = 50;

    /// <summary>Units of that moment in the order of the tree.</summary>
    /// <param name="text">Part of a name or the beginning of a code; none for all.</param>
    public async Task<IReadOnlyList<UnitLine>> TreeAsync(AdminActor actor, DateTimeOffset at, string? text, CancellationToken ct)
    {
        var tree = await OrgTree.LoadAsync(db, ct);
        var scope = actor.Scope(Permission.ReadOrganisations, tree, clock.GetUtcNow());
        var seen = tree.Units.Select(u => tree.At(u.Id, at)).OfType<OrgUnitAt>().Where(u => scope is AdminScope.Province || (scope is AdminScope.Units { Ids: var ids } && ids.Contains(u.Id))).ToList();
        var below = seen.ToLookup(u => seen.Exists(p => p.Id == u.ParentId) ? u.ParentId : null);
        var lines = new List<UnitLine>();
        Add(null, 0);
        return string.IsNullOrWhiteSpace(text) ? lines : [.. lines.Where(l => Matches(l.Unit, text.Trim()))];

        void Add(Guid? parent, int depth)
        {
            foreach (var unit in below[parent].OrderBy(u => u.Code, StringComparer.Ordinal))
            {
                lines.Add(new(unit, depth));
                Add(unit.Id, depth + 1);
            }
        }
    }

    /// <summary>Null when it is not there or out of reach.</summary>
    /// <param name="after">Staff number of the last person of the page before.</param>
    public async Task<UnitPageView?> OpenAsync(AdminActor actor, Guid unitId, string? after, CancellationToken ct)
    {
        var (tree, now) = (await OrgTree.LoadAsync(db, ct), clock.GetUtcNow());
        if (tree.Unit(unitId) is not { } unit || !MayRead(actor, unit, tree, now)) return null;
        var records = db.StaffRecords.AsNoTracking().Where(r => r.UnitId == unitId && r.State != StaffState.Left);
        // Becomes the database's own comparison, the one that it orders by.
#pragma warning disable CA1309
        if (after is not null) records = records.Where(r => string.Compare(r.StaffNumber, after) > 0);
#pragma warning restore CA1309
        var page = await records.OrderBy(r => r.StaffNumber).Take(PageSize + 1).ToListAsync(ct);
        return new(unit, [.. tree.Path(unitId, now).Skip(1)], [.. tree.Units.Where(u => u.ParentId == unitId && u.IsAt(now)).OrderBy(u => u.Code, StringComparer.Ordinal)])
        {
            Versions = await db.OrgUnitVersions.AsNoTracking().Where(v => v.UnitId == unitId).OrderByDescending(v => v.ValidTo).ToListAsync(ct),
            Successor = tree.Unit(unit.SuccessorId),
            People = [.. page.Take(PageSize).Select(r => new UnitPerson(r.StaffNumber, posts.NameOf(r), r.Position, r.State, r.PersonId is not null))],
            Next = page.Count > PageSize ? page[PageSize - 1].StaffNumber : null,
            MayChange = unit.IsAt(now) && actor.May(Permission.ChangeOrganisations, unitId, tree, now),
        };
    }

    /// <summary>A unit that is no more stands where its heir stands.</summary>
    private static bool MayRead(AdminActor actor, OrgUnit unit, OrgTree tree, DateTimeOffset now) =>
        actor.May(Permission.ReadOrganisations, (unit.IsAt(now) ? unit : tree.HeirOf(unit.Id, now))?.Id, tree, now);

    private static bool Matches(OrgUnitAt unit, string text) =>
        unit.Code.StartsWith(text, StringComparison.OrdinalIgnoreCase) || unit.NameVi.Contains(text, StringComparison.OrdinalIgnoreCase) || unit.NameEn.Contains(text, StringComparison.OrdinalIgnoreCase);
}

public sealed record UnitLine(OrgUnitAt Unit, int Depth);

/// <param name="Above">From the next one up to the root.</param>
public sealed record UnitPageView(OrgUnit Unit, IReadOnlyList<OrgUnitAt> Above, IReadOnlyList<OrgUnit> Below)
{
    /// <summary>What it was before, newest first.</summary>
    public IReadOnlyList<OrgUnitVersion> Versions { get; init; } = [];

    public OrgUnit? Successor { get; init; }
    public IReadOnlyList<UnitPerson> People { get; init; } = [];

    /// <summary>Key of the next page of people.</summary>
    public string? Next { get; init; }

    public bool MayChange { get; init; }
}

/// <param name="Claimed">Its human has signed in.</param>
public sealed record UnitPerson(string StaffNumber, string Name, string? Position, StaffState State, bool Claimed)
{
    /// <summary>Holds a name, so it never prints itself.</summary>
    public override string ToString() => $"UnitPerson({StaffNumber})";
}
