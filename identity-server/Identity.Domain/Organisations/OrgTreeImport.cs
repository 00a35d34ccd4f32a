using Identity.Domain.Audit;
using Identity.Domain.Configuration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>Lays a file of units over the stored tree: whole, in one transaction, or not at all. The preview is the same judgement without the writing.</summary>
public sealed class OrgTreeImport(IdentityDb db, OrgUnits changes, AuditTrail audit, TimeProvider clock)
{
    public async Task<OrgTreeOutcome> PreviewAsync(ReadOnlyMemory<byte> utf8Json, CancellationToken ct) => Judge(utf8Json, await OrgTree.LoadAsync(db, ct), clock.GetUtcNow());

    public Task<OrgTreeOutcome> ApplyAsync(ReadOnlyMemory<byte> utf8Json, CancellationToken ct) =>
        StorageLock.RunAsync(db, StorageLockName.OrgTree, async () =>
        {
            var outcome = Judge(utf8Json, await OrgTree.LoadAsync(db, ct), clock.GetUtcNow());
            if (outcome is OrgTreeOutcome.Accepted { Plan: var plan }) await WriteAsync(plan, ct);
            return outcome;
        }, ct);

    /// <summary>What would be written, or everything that speaks against it; reads nothing but what it is given.</summary>
    public static OrgTreeOutcome Judge(ReadOnlyMemory<byte> utf8Json, OrgTree tree, DateTimeOffset now)
    {
        var errors = new ErrorList();
        var file = OrgTreeFile.Read(utf8Json, errors);
        // Rules between units would judge stand-ins.
        var plan = file is null || !errors.IsEmpty ? null : OrgTreePlan.Make(file, tree, now, errors);
        return plan is null ? new OrgTreeOutcome.Refused(errors.All) : new OrgTreeOutcome.Accepted(plan);
    }

    private async Task WriteAsync(OrgTreePlan plan, CancellationToken ct)
    {
        var stored = await db.OrgUnits.ToDictionaryAsync(u => u.Id, ct);
        var all = plan.Entries.Select(e => (e.Entry, Unit: e.Unit is { } known ? stored[known.Id] : null, Changed: e.Unit is { } unit && plan.IsChanged(e.Entry, unit))).ToList();
        // Endings first: a code is free again before somebody else takes it.
        var ending = all.Where(e => e.Unit is { ValidTo: null } && e.Entry.ValidTo is not null).ToList();
        foreach (var (entry, unit, _) in ending)
        {
            unit!.ValidTo = VietnamDay.BeginOf(entry.ValidTo!.Value);
            if (entry.Successor is null) audit.Add("unit.ended", detail: unit.Code);
        }
        await db.SaveChangesAsync(ct);
        all = [.. all.Select(e => e with { Unit = e.Unit ?? Begin(e.Entry) })];
        var units = stored.Values.Concat(all.Select(e => e.Unit!)).Distinct().ToList();
        var codes = all.Select(e => (e.Unit!.Id, e.Entry.Code)).ToDictionary(e => e.Id, e => e.Code);
        foreach (var (entry, unit, changed) in all) Place(entry, unit!, changed, code => Find(units, codes, code, entry));
        await db.SaveChangesAsync(ct);
        foreach (var unit in all.Select(e => e.Unit!).Where(u => u.ValidTo <= clock.GetUtcNow() && u.SettledAt is null)) await changes.SettleAsync(unit, ct);
    }

    private OrgUnit Begin(OrgUnitEntry entry)
    {
        var from = VietnamDay.BeginOf(entry.ValidFrom);
        var unit = new OrgUnit
        {
            Code = entry.Code, NameVi = entry.NameVi, NameEn = entry.NameEn, Level = entry.Level, ValidFrom = from, NamedSince = from,
            ValidTo = entry.ValidTo is { } end ? VietnamDay.BeginOf(end) : null,
        };
        db.OrgUnits.Add(unit);
        audit.Add("unit.created", detail: entry.Code);
        return unit;
    }

    private void Place(OrgUnitEntry entry, OrgUnit unit, bool changed, Func<string, OrgUnit?> find)
    {
        var parent = entry.Parent.Length == 0 ? null : find(entry.Parent)?.Id;
        if (changed) changes.Change(unit, entry.Code, entry.NameVi, entry.NameEn, parent, entry.ChangedOn is { } day ? VietnamDay.BeginOf(day) : clock.GetUtcNow());
        else unit.ParentId = parent;
        OrgUnits.AddFormerCodes(unit, entry.FormerCodes);
        if (entry.Successor is not { } code || unit.SuccessorId is not null || find(code) is not { } successor) return;
        unit.SuccessorId = successor.Id;
        OrgUnits.AddFormerCodes(successor, [entry.Code]);
        audit.Add("unit.merged", detail: $"{entry.Code} into {code}");
    }

    /// <summary>The unit of that code at the entry's end, or today; codes as the file leaves them.</summary>
    private OrgUnit? Find(List<OrgUnit> units, Dictionary<Guid, string> codes, string code, OrgUnitEntry entry)
    {
        var from = VietnamDay.BeginOf(entry.ValidFrom);
        var moment = entry.ValidTo is { } end ? VietnamDay.BeginOf(end) : from > clock.GetUtcNow() ? from : clock.GetUtcNow();
        var candidates = units.Where(u => (codes.GetValueOrDefault(u.Id) ?? u.Code) == code && u.Code != "" && !(codes.GetValueOrDefault(u.Id) == entry.Code && u.ValidFrom == from)).ToList();
        // A parent may end on the same day as its child.
        return candidates.FirstOrDefault(u => u.IsAt(moment)) ?? candidates.FirstOrDefault(u => u.IsAt(moment.AddTicks(-1))) ?? candidates.FirstOrDefault();
    }
}

public abstract record OrgTreeOutcome
{
    private OrgTreeOutcome() { }
    public sealed record Accepted(OrgTreePlan Plan) : OrgTreeOutcome;
    public sealed record Refused(IReadOnlyList<ConfigurationError> Errors) : OrgTreeOutcome;
}
