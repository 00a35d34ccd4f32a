using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>All units with everything they were, as read at one moment. A province has some thousands of them: cheap to read whole for a list or a merger, and not for a request.</summary>
public sealed class OrgTree
{
    private const int LongestPath = 20;

    private readonly Dictionary<Guid, OrgUnit> units;
    private readonly ILookup<Guid, OrgUnitVersion> versions;
    private readonly ILookup<string, Guid> byCode;
    private readonly ILookup<string, Guid> pastByCode;

    public OrgTree(IEnumerable<OrgUnit> units, IEnumerable<OrgUnitVersion> versions)
    {
        this.units = units.ToDictionary(u => u.Id);
        this.versions = versions.ToLookup(v => v.UnitId);
        byCode = this.units.Values.ToLookup(u => u.Code, u => u.Id);
        pastByCode = this.versions.SelectMany(v => v).ToLookup(v => v.Code, v => v.UnitId);
    }

    public IReadOnlyCollection<OrgUnit> Units => units.Values;

    public static async Task<OrgTree> LoadAsync(IdentityDb db, CancellationToken ct) =>
        new(await db.OrgUnits.AsNoTracking().ToListAsync(ct), await db.OrgUnitVersions.AsNoTracking().ToListAsync(ct));

    public OrgUnit? Unit(Guid? id) => id is { } known ? units.GetValueOrDefault(known) : null;

    /// <summary>By the code of that moment, or by one of before: then whoever has taken over its duties.</summary>
    public OrgUnitAt? Find(string code, DateTimeOffset moment) =>
        byCode[code].Concat(pastByCode[code]).Select(id => At(id, moment)).FirstOrDefault(u => u?.Code == code) ?? FindFormer(code, moment);

    /// <summary>The unit as it was then; null before its beginning and after its end.</summary>
    public OrgUnitAt? At(Guid id, DateTimeOffset moment)
    {
        if (Unit(id) is not { } unit || !unit.IsAt(moment)) return null;
        var was = moment >= unit.NamedSince ? null : versions[id].FirstOrDefault(v => v.ValidFrom <= moment && v.ValidTo > moment);
        return was is null
            ? new(id, unit.Code, unit.NameVi, unit.NameEn, unit.Level, unit.ParentId) { Since = unit.NamedSince }
            : new(id, was.Code, was.NameVi, was.NameEn, unit.Level, was.ParentId) { Since = was.ValidFrom };
    }

    /// <summary>From the unit up to the root.</summary>
    public IReadOnlyList<OrgUnitAt> Path(Guid id, DateTimeOffset moment)
    {
        var path = new List<OrgUnitAt>();
        for (var next = At(id, moment); next is not null && path.Count < LongestPath; next = next.ParentId is { } parent ? At(parent, moment) : null) path.Add(next);
        return path;
    }

    /// <summary>Who does the duties of this unit at that moment: itself, or the last of its successors; null when nobody does.</summary>
    public OrgUnit? HeirOf(Guid id, DateTimeOffset moment)
    {
        var heir = Unit(id);
        for (var steps = 0; heir is not null && !heir.IsAt(moment) && steps < LongestPath; steps++) heir = Unit(heir.SuccessorId);
        return heir?.IsAt(moment) == true ? heir : null;
    }

    /// <summary>Who keeps what belonged to a unit: who does its duties, or else the nearest one above that is still there; null when there is none.</summary>
    public OrgUnit? KeeperOf(Guid id, DateTimeOffset moment)
    {
        var next = (Guid?)id;
        for (var steps = 0; next is { } unit && steps < LongestPath; steps++, next = Unit(unit)?.ParentId)
            if (HeirOf(unit, moment) is { } keeper) return keeper;
        return null;
    }

    internal bool HasFormerCode(OrgUnit unit, string code) => FormerCodesOf(unit).Contains(code) || versions[unit.Id].Any(v => v.Code == code);

    internal static string[] FormerCodesOf(OrgUnit unit) => unit.FormerCodes?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private OrgUnitAt? FindFormer(string code, DateTimeOffset moment)
    {
        var ended = units.Values.Where(u => u.Code == code && u.ValidTo <= moment).Select(u => HeirOf(u.Id, moment));
        var kept = units.Values.Where(u => u.IsAt(moment) && HasFormerCode(u, code));
        return ended.Concat(kept).OfType<OrgUnit>().FirstOrDefault() is { } heir ? At(heir.Id, moment) : null;
    }
}

/// <summary>A unit as it is, or was, at one moment.</summary>
public sealed record OrgUnitAt(Guid Id, string Code, string NameVi, string NameEn, OrgUnitLevel Level, Guid? ParentId)
{
    /// <summary>It has been called and placed so since then.</summary>
    public DateTimeOffset Since { get; init; }
}
