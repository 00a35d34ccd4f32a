using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>What an administrator would do with a unit, as typed.</summary>
public sealed record UnitChange(UnitDeed Deed, DateOnly? Since)
{
    /// <summary>Version of the unit that the form was made from.</summary>
    public DateTimeOffset? MadeFrom { get; init; }

    public string? NameVi { get; init; }
    public string? NameEn { get; init; }

    /// <summary>Code of the unit above, or of the successor.</summary>
    public string? OtherCode { get; init; }

    /// <summary>Code at the new place; none keeps it.</summary>
    public string? NewCode { get; init; }
}

public enum UnitDeed
{
    Rename = 0,
    Move = 1,

    /// <summary>The unit ends, and another one takes over its duties and people.</summary>
    Merge = 2,
    End = 3,
}

public enum UnitRefusal
{
    /// <summary>Not there, or out of reach: the two look the same.</summary>
    NotThere,

    /// <summary>What changes the tree above the agency is the province's.</summary>
    IsTheProvinces,
    NameIsWrong,
    CodeIsWrong,
    DayIsWrong,
    OtherIsNotThere,
    NotThereThen,
    CodeIsTaken,
    WouldBeBelowItself,
    WouldSucceedItself,
    HasUnitsBelow,
    ChangedMeanwhile,
}

/// <summary>What a change would do.</summary>
/// <param name="Standings">People in office here today: they move to the successor, or lose their post.</param>
/// <param name="Posts">Posts of a personnel list that are here, claimed or not.</param>
public sealed record UnitConsequences(OrgUnitAt Unit, OrgUnitAt? Other, int Standings, int Posts)
{
    public int UnitsBelow { get; init; }
}

/// <summary>The tree in an administrator's hands: judged, previewed and changed within their own part of it.</summary>
public sealed class UnitChanges(IdentityDb db, OrgUnits units, TimeProvider clock)
{
    private const int LongestName = 200;

    public async Task<(UnitRefusal? Refusal, UnitConsequences? Consequences)> PreviewAsync(AdminActor actor, Guid unitId, UnitChange change, CancellationToken ct)
    {
        var tree = await OrgTree.LoadAsync(db, ct);
        if (Judge(actor, unitId, change, tree) is { } refusal) return (refusal, null);
        var (now, other) = (clock.GetUtcNow(), OtherOf(change, tree));
        return (null, new(tree.At(unitId, now)!, other, await db.Affiliations.CountAsync(a => a.OrgUnitId == unitId && a.EndedAt == null, ct), await db.StaffRecords.CountAsync(r => r.UnitId == unitId && r.State != StaffState.Left, ct))
        {
            UnitsBelow = tree.Units.Count(u => u.ParentId == unitId && u.IsAt(now)),
        });
    }

    public async Task<UnitRefusal?> ApplyAsync(AdminActor actor, Guid unitId, UnitChange change, CancellationToken ct)
    {
        var tree = await OrgTree.LoadAsync(db, ct);
        if (Judge(actor, unitId, change, tree) is { } refusal) return refusal;
        var (since, other) = (VietnamDay.BeginOf(change.Since!.Value), OtherOf(change, tree)?.Id);
        return Of(change.Deed switch
        {
            UnitDeed.Rename => await units.RenameAsync(unitId, change.NameVi!.Trim(), change.NameEn!.Trim(), since, ct, change.MadeFrom),
            UnitDeed.Move => await units.MoveAsync(unitId, other!.Value, CodeOf(change), since, ct, change.MadeFrom),
            UnitDeed.Merge => await units.MergeAsync([unitId], other!.Value, since, ct, change.MadeFrom),
            _ => await units.EndAsync(unitId, since, ct, change.MadeFrom),
        });
    }

    private UnitRefusal? Judge(AdminActor actor, Guid unitId, UnitChange change, OrgTree tree)
    {
        var now = clock.GetUtcNow();
        if (tree.Unit(unitId) is not { } unit || !unit.IsAt(now) || !actor.May(Permission.ChangeOrganisations, unitId, tree, now)) return UnitRefusal.NotThere;
        if (change.MadeFrom is { } seen && seen != unit.NamedSince) return UnitRefusal.ChangedMeanwhile;
        if (change.Since is null) return UnitRefusal.DayIsWrong;
        if (change.Deed == UnitDeed.Rename) return IsName(change.NameVi) && IsName(change.NameEn) ? null : UnitRefusal.NameIsWrong;
        // The unit above decides about what hangs on it; an agency is not above itself.
        if (!actor.May(Permission.ChangeOrganisations, unit.ParentId, tree, now)) return UnitRefusal.IsTheProvinces;
        if (change.Deed == UnitDeed.End) return null;
        if (OtherOf(change, tree) is not { } other || !actor.May(Permission.ChangeOrganisations, other.Id, tree, now)) return UnitRefusal.OtherIsNotThere;
        return change.Deed == UnitDeed.Move && !string.IsNullOrWhiteSpace(change.NewCode) && CodeOf(change) is null ? UnitRefusal.CodeIsWrong : null;
    }

    private OrgUnitAt? OtherOf(UnitChange change, OrgTree tree) =>
        change.Deed is UnitDeed.Move or UnitDeed.Merge && AgencyCode.Parse(change.OtherCode ?? "") is People.Parsed<AgencyCode, AgencyCodeError>.Valid { Value: var code } ? tree.Find(code.Value, clock.GetUtcNow()) : null;

    private static string? CodeOf(UnitChange change) =>
        AgencyCode.Parse(change.NewCode ?? "") is People.Parsed<AgencyCode, AgencyCodeError>.Valid { Value: var code } ? code.Value : null;

    private static bool IsName(string? text) => !string.IsNullOrWhiteSpace(text) && NameRules.Display(text.Trim(), LongestName) is null;

    private static UnitRefusal? Of(OrgUnitRefusal? refusal) => refusal switch
    {
        null => null,
        OrgUnitRefusal.UnknownUnit => UnitRefusal.NotThere,
        OrgUnitRefusal.SuccessorIsNotThere => UnitRefusal.OtherIsNotThere,
        _ => Enum.Parse<UnitRefusal>(refusal.Value.ToString()),
    };
}
