using Identity.Domain.Configuration;

namespace Identity.Domain.Organisations;

public enum OrgUnitChangeKind
{
    Created,
    Renamed,
    Moved,
    Merged,
    Ended,
}

/// <param name="What">For the operator's eye: the name, or from where to where.</param>
public sealed record OrgUnitChange(OrgUnitChangeKind Kind, string Code, string What);

/// <summary>A file held against the stored tree: what would change, in words, and for each entry the unit it is about.</summary>
public sealed class OrgTreePlan
{
    private readonly Dictionary<OrgUnitEntry, OrgUnit?> units;
    private readonly OrgTree tree;

    private OrgTreePlan(OrgTree tree, Dictionary<OrgUnitEntry, OrgUnit?> units) => (this.tree, this.units) = (tree, units);

    public IReadOnlyList<OrgUnitChange> Changes { get; private init; } = [];

    public int Unchanged { get; private init; }

    internal IEnumerable<(OrgUnitEntry Entry, OrgUnit? Unit)> Entries => units.Select(u => (u.Key, u.Value));

    /// <summary>Null when the file contradicts itself or what is stored; the reasons are in <paramref name="errors"/>.</summary>
    internal static OrgTreePlan? Make(OrgTreeFile file, OrgTree tree, DateTimeOffset now, ErrorList errors)
    {
        var named = file.Units.Select(u => u.Code).ToHashSet(StringComparer.Ordinal);
        var units = file.Units.ToDictionary(entry => entry, entry => Match(entry, tree, named));
        new OrgTreeRules(units, tree, now, errors).Check();
        if (!errors.IsEmpty) return null;
        var plan = new OrgTreePlan(tree, units);
        var changes = file.Units.Select(entry => plan.ChangesOf(entry).ToList()).ToList();
        return new OrgTreePlan(tree, units) { Changes = [.. changes.SelectMany(c => c)], Unchanged = changes.Count(c => c.Count == 0) };
    }

    /// <summary>Whether the stored unit has another name, code or place than the entry says.</summary>
    internal bool IsChanged(OrgUnitEntry entry, OrgUnit unit) => IsRenamed(entry, unit) || IsMoved(entry, unit);

    private IEnumerable<OrgUnitChange> ChangesOf(OrgUnitEntry entry)
    {
        if (units[entry] is not { } unit)
        {
            yield return new(OrgUnitChangeKind.Created, entry.Code, entry.NameVi);
        }
        else
        {
            if (IsRenamed(entry, unit)) yield return new(OrgUnitChangeKind.Renamed, entry.Code, $"{unit.NameVi} → {entry.NameVi}");
            if (IsMoved(entry, unit)) yield return new(OrgUnitChangeKind.Moved, entry.Code, $"{unit.Code} below {tree.Unit(unit.ParentId)?.Code ?? "nobody"} → {entry.Code} below {entry.Parent}");
        }
        if (entry.ValidTo is not { } end || units[entry]?.ValidTo is not null) yield break;
        yield return entry.Successor is { } successor
            ? new(OrgUnitChangeKind.Merged, entry.Code, $"into {successor} from {end:yyyy-MM-dd}")
            : new(OrgUnitChangeKind.Ended, entry.Code, $"on {end:yyyy-MM-dd}");
    }

    private static bool IsRenamed(OrgUnitEntry entry, OrgUnit unit) => entry.NameVi != unit.NameVi || entry.NameEn != unit.NameEn;

    private bool IsMoved(OrgUnitEntry entry, OrgUnit unit) => entry.Code != unit.Code || ParentOf(entry, unit) != unit.ParentId;

    /// <summary>A parent that is itself given a new code in this file is still the same parent.</summary>
    private Guid? ParentOf(OrgUnitEntry entry, OrgUnit unit) =>
        entry.Parent.Length == 0 ? null
        : units.FirstOrDefault(u => u.Key.Code == entry.Parent && u.Value is not null && u.Value.Id == unit.ParentId).Value?.Id
            ?? units.LastOrDefault(u => u.Key.Code == entry.Parent && u.Value is not null).Value?.Id
            ?? (tree.Unit(unit.ParentId) is { } parent && parent.Code == entry.Parent ? parent.Id : tree.Units.FirstOrDefault(u => u.Code == entry.Parent && u.ValidTo is null)?.Id);

    /// <summary>The day of its beginning is the identity of a unit in a file; its code may be another one by now.</summary>
    private static OrgUnit? Match(OrgUnitEntry entry, OrgTree tree, HashSet<string> named)
    {
        var since = VietnamDay.BeginOf(entry.ValidFrom);
        return tree.Units.FirstOrDefault(u => u.Code == entry.Code && u.ValidFrom == since)
            ?? tree.Units.FirstOrDefault(u => u.ValidFrom == since && u.ValidTo is null && u.Level == entry.Level && entry.FormerCodes.Contains(u.Code) && !named.Contains(u.Code));
    }
}
