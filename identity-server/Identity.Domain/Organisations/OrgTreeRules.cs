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
        Rule(entry.ValidTo is null || entry.ValidTo > entry.ValidFrom, entry, "valid_to", "must be after valid_from");
        Rule(entry.Successor is null || entry.ValidTo is not null, entry, "successor", "needs valid_to, the day from which it takes over");
        Rule(entry.Level == OrgUnitLevel.Province == (entry.Parent.Length == 0), entry, "parent", entry.Parent.Length == 0 ? "is missing; only a province stands below nobody" : "stands beside a province, which is below nobody");
        Rule(!entry.FormerCodes.Contains(entry.Code), entry, "former_codes", "hold the unit's own code");
        foreach (var code in entry.FormerCodes.Where(c => byCode[c].Any(s => s.Entry != entry && s.To is null)))
            Rule(false, entry, "former_codes", $"hold {code}, which is another unit's code today");
        if (unit is null) return;
        Rule(entry.Level == unit.Level, entry, "level", "cannot change; end the unit and begin another one");
        Rule(unit.ValidTo is null || entry.ValidTo is { } end && VietnamDay.BeginOf(end) == unit.ValidTo, entry, "valid_to", $"is {(unit.ValidTo is { } was ? $"{VietnamDay.Of(was):yyyy-MM-dd}" : "")} already, and stays so; a unit that comes back is another one");
        if (entry.ChangedOn is { } day) Rule(VietnamDay.BeginOf(day) <= now && VietnamDay.BeginOf(day) > unit.NamedSince, entry, "changed_on", $"must be after {VietnamDay.Of(unit.NamedSince):yyyy-MM-dd}, its last change, and not in the future");
    }

    private void CheckUnique(Span span)
    {
        if (byCode[span.Code].FirstOrDefault(other => other != span && other.Overlaps(span) && (other.Entry is null || spans.IndexOf(other) < spans.IndexOf(span))) is not { } other || span.Entry is not { } entry) return;
        Rule(false, entry, "code", other.Entry is { } twin
            ? $"is {span.Code}, which {twin.Path} has at the same time"
            : $"is {span.Code}, a unit since {VietnamDay.Of(other.From):yyyy-MM-dd}; write that day as valid_from to change it, or end it first");
    }

    private void CheckParent(Span span)
    {
        if (span.Parent.Length == 0) return;
        var above = byCode[span.Parent].Where(p => p != span).ToList();
        if (above.Count == 0)
        {
            if (span.Entry is { } orphan) Rule(false, orphan, "parent", $"is {span.Parent}, which no unit has");
            return;
        }
        if (FirstGap(above, span) is not { } gap) return;
        // A child that the file does not name hangs on an entry that ends too early.
        if (span.Entry is { } entry) Rule(false, entry, "parent", $"is {span.Parent}, which is not there on {VietnamDay.Of(gap):yyyy-MM-dd}");
        else if (above.FirstOrDefault(p => p.To == gap)?.Entry is { } ending) Rule(false, ending, "valid_to", $"ends it above {span.Code}, which goes on; move or end that one as well");
    }

    private void CheckSuccessor(Span span)
    {
        if (span.Successor.Length == 0 || span.To is not { } end) return;
        var heirs = byCode[span.Successor].Where(s => s != span).ToList();
        if (heirs.Any(h => h.From <= end && (h.To is null || h.To > end))) return;
        if (span.Entry is not { } entry) return;
        Rule(false, entry, "successor", heirs.Count == 0 ? $"is {span.Successor}, which no unit has" : $"is {span.Successor}, which is not there on {VietnamDay.Of(end):yyyy-MM-dd}: nobody would do the duties");
    }

    private void CheckCircle(Span span)
    {
        var next = span;
        for (var steps = 0; steps < LongestPath && next is { Parent.Length: > 0 }; steps++)
        {
            next = byCode[next.Parent].FirstOrDefault(p => p.Overlaps(span));
            if (next != span) continue;
            Rule(false, span.Entry!, "parent", "leads back to the unit itself");
            return;
        }
        if (next is { Parent.Length: > 0 }) Rule(false, span.Entry!, "parent", "leads through more levels than there are, or into a circle");
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

    private void Rule(bool holds, OrgUnitEntry entry, string member, string message)
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
