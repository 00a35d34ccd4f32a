using Identity.Domain.Clients;
using Identity.Domain.Configuration;

namespace Identity.Domain.Organisations;

/// <summary>What must hold in the tree as the file would leave it: one unit of a code at a time, no circle, nobody below or after somebody who is not there.</summary>
internal sealed class OrgTreeRules
{
    private const int LongestPath = 20;

    private readonly Dictionary<OrgUnitEntry, OrgUnit?> units;
    private readonly ErrorList errors;
    private readonly DateTimeOffset now;
    private readonly List<Span> spans;
    private readonly ILookup<string, Span> byCode;

    public OrgTreeRules(Dictionary<OrgUnitEntry, OrgUnit?> units, OrgTree tree, DateTimeOffset now, ErrorList errors)
    {
        (this.units, this.now, this.errors) = (units, now, errors);
        var inFile = units.Where(u => u.Value is not null).ToDictionary(u => u.Value!.Id, u => u.Key.Code);
        string CodeOf(Guid? id) => tree.Unit(id) is not { } unit ? "" : inFile.GetValueOrDefault(unit.Id) ?? unit.Code;
        var stored = tree.Units.Where(u => !inFile.ContainsKey(u.Id)).Select(u => new Span(null, u.Code, u.Level, CodeOf(u.ParentId), u.ValidFrom, u.ValidTo, CodeOf(u.SuccessorId)));
        spans = [.. units.Keys.Select(Span.Of), .. stored];
        byCode = spans.ToLookup(s => s.Code);
    }

    public void Check()
    {
        foreach (var entry in units.Keys) CheckAlone(entry);
        foreach (var span in spans) CheckUnique(span);
        foreach (var span in spans) CheckParent(span);
        foreach (var span in spans) CheckSuccessor(span);
        foreach (var span in spans.Where(s => s.Entry is not null)) CheckCircle(span);
    }

    private void CheckAlone(OrgUnitEntry entry)
    {
        var unit = units[entry];
        Rule(entry.ValidTo is null || entry.ValidTo > entry.ValidFrom, entry, "valid_to", OrgTreeFaults.EndsBeforeItBegins);
        Rule(entry.Successor is null || entry.ValidTo is not null, entry, "successor", OrgTreeFaults.SuccessorNeedsEnd);
        Rule(entry.Level == OrgUnitLevel.Province == (entry.Parent.Length == 0), entry, "parent", entry.Parent.Length == 0 ? OrgTreeFaults.ParentIsMissing : OrgTreeFaults.ProvinceHasNoParent);
        Rule(!entry.FormerCodes.Contains(entry.Code), entry, "former_codes", OrgTreeFaults.OwnCodeIsFormer);
        foreach (var code in entry.FormerCodes.Where(c => byCode[c].Any(s => s.Entry != entry && s.To is null)))
            Rule(false, entry, "former_codes", OrgTreeFaults.FormerIsInUse(code));
        if (unit is null) return;
        Rule(entry.Level == unit.Level, entry, "level", OrgTreeFaults.LevelIsFixed);
        Rule(unit.ValidTo is null || entry.ValidTo is { } end && VietnamDay.BeginOf(end) == unit.ValidTo, entry, "valid_to", OrgTreeFaults.EndIsFixed(unit.ValidTo is { } was ? VietnamDay.Of(was) : null));
        if (entry.ChangedOn is { } day) Rule(VietnamDay.BeginOf(day) <= now && VietnamDay.BeginOf(day) > unit.NamedSince, entry, "changed_on", OrgTreeFaults.ChangeIsNotBetween(VietnamDay.Of(unit.NamedSince)));
    }

    private void CheckUnique(Span span)
    {
        if (byCode[span.Code].FirstOrDefault(other => other != span && other.Overlaps(span) && (other.Entry is null || spans.IndexOf(other) < spans.IndexOf(span))) is not { } other || span.Entry is not { } entry) return;
        Rule(false, entry, "code", other.Entry is { } twin
            ? OrgTreeFaults.CodeTwiceInFile(span.Code, twin.Path)
            : OrgTreeFaults.CodeIsStored(span.Code, VietnamDay.Of(other.From)));
    }

    private void CheckParent(Span span)
    {
        if (span.Parent.Length == 0) return;
        var above = byCode[span.Parent].Where(p => p != span).ToList();
        if (above.Count == 0)
        {
            if (span.Entry is { } orphan) Rule(false, orphan, "parent", OrgTreeFaults.NoUnitHas(span.Parent));
            return;
        }
        if (FirstGap(above, span) is not { } gap) return;
        // A child that the file does not name hangs on an entry that ends too early.
        if (span.Entry is { } entry) Rule(false, entry, "parent", OrgTreeFaults.NotThereOn(span.Parent, VietnamDay.Of(gap)));
        else if (above.FirstOrDefault(p => p.To == gap)?.Entry is { } ending) Rule(false, ending, "valid_to", OrgTreeFaults.EndsAbove(span.Code));
    }

    private void CheckSuccessor(Span span)
    {
        if (span.Successor.Length == 0 || span.To is not { } end) return;
        var heirs = byCode[span.Successor].Where(s => s != span).ToList();
        if (heirs.Any(h => h.From <= end && (h.To is null || h.To > end))) return;
        if (span.Entry is not { } entry) return;
        Rule(false, entry, "successor", heirs.Count == 0 ? OrgTreeFaults.NoUnitHas(span.Successor) : OrgTreeFaults.SuccessorNotThereOn(span.Successor, VietnamDay.Of(end)));
    }

    private void CheckCircle(Span span)
    {
        var next = span;
        for (var steps = 0; steps < LongestPath && next is { Parent.Length: > 0 }; steps++)
        {
            next = byCode[next.Parent].FirstOrDefault(p => p.Overlaps(span));
            if (next != span) continue;
            Rule(false, span.Entry!, "parent", OrgTreeFaults.LeadsBack);
            return;
        }
        if (next is { Parent.Length: > 0 }) Rule(false, span.Entry!, "parent", OrgTreeFaults.LeadsTooFar);
    }

    /// <summary>The first moment of the span at which none of them is there.</summary>
    private static DateTimeOffset? FirstGap(List<Span> covers, Span span)
    {
        var reached = span.From;
        while (covers.FirstOrDefault(c => c.From <= reached && (c.To is null || c.To > reached)) is { } cover)
        {
            if (cover.To is not { } end || end >= span.To) return null;
            reached = end;
        }
        return reached;
    }

    private void Rule(bool holds, OrgUnitEntry entry, string member, LocalizedText message)
    {
        if (!holds) errors.AddBrokenRule($"{entry.Path}.{member}", message);
    }

    private sealed record Span(OrgUnitEntry? Entry, string Code, OrgUnitLevel Level, string Parent, DateTimeOffset From, DateTimeOffset? To, string Successor)
    {
        public static Span Of(OrgUnitEntry entry) => new(
            entry, entry.Code, entry.Level, entry.Parent, VietnamDay.BeginOf(entry.ValidFrom), entry.ValidTo is { } end ? VietnamDay.BeginOf(end) : null, entry.Successor ?? "");

        public bool Overlaps(Span other) => From < (other.To ?? DateTimeOffset.MaxValue) && other.From < (To ?? DateTimeOffset.MaxValue);
    }
}
