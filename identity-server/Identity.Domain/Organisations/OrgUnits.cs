using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>
/// What may happen to a unit: a new name, another place or code, a merger, its end. The unit's id stays through all but the last two,
/// and with it whatever applications know it by. Each is one transaction with its row in the trail, one after the other; a refusal changes nothing.
/// </summary>
public sealed class OrgUnits(IdentityDb db, StandingEnds ends, MandateStops mandates, AuditTrail audit, TimeProvider clock)
{
    /// <param name="madeFrom">What <see cref="OrgUnit.NamedSince"/> said when the change was thought of; another value means that somebody was faster.</param>
    public Task<OrgUnitRefusal?> RenameAsync(Guid unitId, string nameVi, string nameEn, DateTimeOffset since, CancellationToken ct, DateTimeOffset? madeFrom = null) =>
        WithLiveUnitAsync(unitId, since, madeFrom, unit => ChangeAsync(unit, unit.Code, nameVi, nameEn, unit.ParentId, since), ct);

    /// <param name="code">The code at the new place; null keeps it. The old one becomes a former code.</param>
    /// <param name="madeFrom">As for a new name.</param>
    public Task<OrgUnitRefusal?> MoveAsync(Guid unitId, Guid parentId, string? code, DateTimeOffset since, CancellationToken ct, DateTimeOffset? madeFrom = null) =>
        WithLiveUnitAsync(unitId, since, madeFrom, async unit =>
        {
            var tree = await OrgTree.LoadAsync(db, ct);
            if (tree.Unit(parentId)?.IsAt(clock.GetUtcNow()) != true) return OrgUnitRefusal.UnknownUnit;
            if (tree.Path(parentId, clock.GetUtcNow()).Any(above => above.Id == unitId)) return OrgUnitRefusal.WouldBeBelowItself;
            if (code is not null && code != unit.Code && tree.Units.Any(u => u.Code == code && u.Id != unitId && u.ValidTo is null)) return OrgUnitRefusal.CodeIsTaken;
            return await ChangeAsync(unit, code ?? unit.Code, unit.NameVi, unit.NameEn, parentId, since);
        }, ct);

    /// <summary>The units end and <paramref name="successorId"/> takes over their duties and people. A moment to come is kept and carried out when it is there.</summary>
    /// <param name="madeFrom">As for a new name; of the units that end.</param>
    public async Task<OrgUnitRefusal?> MergeAsync(IReadOnlyList<Guid> unitIds, Guid successorId, DateTimeOffset at, CancellationToken ct, DateTimeOffset? madeFrom = null)
    {
        await using var transaction = await StorageLock.BeginAsync(db, StorageLockName.OrgTree, ct);
        if (unitIds.Contains(successorId)) return OrgUnitRefusal.WouldSucceedItself;
        if (await db.OrgUnits.SingleOrDefaultAsync(u => u.Id == successorId, ct) is not { } successor || !successor.IsAt(at)) return OrgUnitRefusal.SuccessorIsNotThere;
        foreach (var id in unitIds)
            if (await CloseAsync(id, successor, at, unitIds, madeFrom, ct) is { } refusal) return refusal;
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>The unit ends and nobody takes over: the standings in it end as well.</summary>
    /// <param name="madeFrom">As for a new name.</param>
    public async Task<OrgUnitRefusal?> EndAsync(Guid unitId, DateTimeOffset at, CancellationToken ct, DateTimeOffset? madeFrom = null)
    {
        await using var transaction = await StorageLock.BeginAsync(db, StorageLockName.OrgTree, ct);
        if (await CloseAsync(unitId, successor: null, at, [unitId], madeFrom, ct) is { } refusal) return refusal;
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>Keeps what was and writes what is. The caller saves.</summary>
    internal void Change(OrgUnit unit, string code, string nameVi, string nameEn, Guid? parentId, DateTimeOffset since)
    {
        db.OrgUnitVersions.Add(new()
        {
            UnitId = unit.Id, Code = unit.Code, NameVi = unit.NameVi, NameEn = unit.NameEn, ParentId = unit.ParentId,
            ValidFrom = unit.NamedSince, ValidTo = since,
        });
        if (code != unit.Code || parentId != unit.ParentId) audit.Add("unit.moved", detail: $"{unit.Code} to {code}");
        if (nameVi != unit.NameVi || nameEn != unit.NameEn) audit.Add("unit.renamed", detail: code);
        if (code != unit.Code) AddFormerCodes(unit, [unit.Code]);
        (unit.Code, unit.NameVi, unit.NameEn, unit.ParentId, unit.NamedSince) = (code, nameVi, nameEn, parentId, since);
    }

    internal static void AddFormerCodes(OrgUnit unit, IEnumerable<string> codes)
    {
        var all = OrgTree.FormerCodesOf(unit).Union(codes).Where(c => c != unit.Code).ToList();
        unit.FormerCodes = all.Count == 0 ? null : string.Join(' ', all);
    }

    /// <summary>
    /// Gives the people of an ended unit to whoever does its duties now, under their old standings: the job is the same, its unit has
    /// another name. Without an heir their standings end. Its applications go the same way, and without an heir to the unit above: somebody
    /// has to name owners for them. A mandate for the unit itself names a party that is no more.
    /// </summary>
    internal async Task SettleAsync(OrgUnit unit, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var tree = await OrgTree.LoadAsync(db, ct);
        var heir = tree.HeirOf(unit.Id, now);
        unit.SettledAt = now;
        if (tree.KeeperOf(unit.Id, now) is { } keeper) await MoveApplicationsAsync(unit, keeper, ct);
        await mandates.StopAllAsync(organisationId: null, unit.Id, StandingEndReason.UnitEnded, ct);
        if (heir is null)
        {
            foreach (var id in await db.Affiliations.Where(a => a.OrgUnitId == unit.Id && a.EndedAt == null).Select(a => a.Id).ToListAsync(ct))
                await ends.EndAsync(id, StandingEndReason.UnitEnded, ct);
        }
        else
        {
            var carried = await db.Affiliations.Where(a => a.OrgUnitId == unit.Id && a.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.OrgUnitId, (Guid?)heir.Id), ct);
            await db.StaffRecords.Where(r => r.UnitId == unit.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.UnitId, heir.Id), ct);
            audit.Add("unit.taken_over", detail: $"{unit.Code} by {heir.Code}, {carried} standing(s)");
        }
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Each with a row of its own: it is the application's history.</summary>
    private async Task MoveApplicationsAsync(OrgUnit from, OrgUnit to, CancellationToken ct)
    {
        foreach (var application in await db.Applications.Where(a => a.UnitId == from.Id).OrderBy(a => a.Id).ToListAsync(ct))
        {
            application.UnitId = to.Id;
            audit.Add("application.unit_changed", clientId: application.ProductionClientId ?? application.SandboxClientId, detail: $"{application.Id} from {from.Code} to {to.Code}");
        }
    }

    private async Task<OrgUnitRefusal?> CloseAsync(Guid unitId, OrgUnit? successor, DateTimeOffset at, IReadOnlyList<Guid> together, DateTimeOffset? madeFrom, CancellationToken ct)
    {
        if (await db.OrgUnits.SingleOrDefaultAsync(u => u.Id == unitId, ct) is not { } unit) return OrgUnitRefusal.UnknownUnit;
        if (madeFrom is { } seen && seen != unit.NamedSince) return OrgUnitRefusal.ChangedMeanwhile;
        if (unit.SettledAt is not null || at <= unit.ValidFrom) return OrgUnitRefusal.NotThereThen;
        if (await db.OrgUnits.AnyAsync(u => u.ParentId == unitId && !together.Contains(u.Id) && (u.ValidTo == null || u.ValidTo > at), ct)) return OrgUnitRefusal.HasUnitsBelow;
        (unit.ValidTo, unit.SuccessorId) = (at, successor?.Id);
        if (successor is not null) AddFormerCodes(successor, [unit.Code, .. OrgTree.FormerCodesOf(unit)]);
        audit.Add(successor is null ? "unit.ended" : "unit.merged", detail: successor is null ? unit.Code : $"{unit.Code} into {successor.Code}");
        await db.SaveChangesAsync(ct);
        if (at <= clock.GetUtcNow()) await SettleAsync(unit, ct);
        return null;
    }

    private Task<OrgUnitRefusal?> ChangeAsync(OrgUnit unit, string code, string nameVi, string nameEn, Guid? parentId, DateTimeOffset since)
    {
        Change(unit, code, nameVi, nameEn, parentId, since);
        return Task.FromResult((OrgUnitRefusal?)null);
    }

    private async Task<OrgUnitRefusal?> WithLiveUnitAsync(Guid unitId, DateTimeOffset since, DateTimeOffset? madeFrom, Func<OrgUnit, Task<OrgUnitRefusal?>> change, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await StorageLock.BeginAsync(db, StorageLockName.OrgTree, ct);
        if (await db.OrgUnits.SingleOrDefaultAsync(u => u.Id == unitId, ct) is not { } unit || !unit.IsAt(now)) return OrgUnitRefusal.UnknownUnit;
        if (madeFrom is { } seen && seen != unit.NamedSince) return OrgUnitRefusal.ChangedMeanwhile;
        // A change to come would have to be carried out by somebody; a paper of before the last change already names what was then.
        if (since > now || since <= unit.NamedSince) return OrgUnitRefusal.NotThereThen;
        if (await change(unit) is { } refusal) return refusal;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }
}

public enum OrgUnitRefusal
{
    UnknownUnit,

    /// <summary>The moment is before the unit's beginning or its last change, or a change is dated ahead.</summary>
    NotThereThen,
    CodeIsTaken,
    WouldBeBelowItself,
    WouldSucceedItself,
    SuccessorIsNotThere,

    /// <summary>Units below it would hang in the air: move or end them first.</summary>
    HasUnitsBelow,

    /// <summary>Somebody else has changed the unit since the form was made.</summary>
    ChangedMeanwhile,
}
