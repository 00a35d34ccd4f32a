using Identity.Domain.Clients;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Organisations;

/// <summary>
/// Lays a personnel list over the records of its source. Leavers go first and each step is small: a list of thirty thousand must not
/// keep anybody in office, or anybody else from signing in, until its last row is through.
/// </summary>
public sealed class StaffImport(IdentityDb db, StaffPosts posts, IOptions<StaffOptions> options, TimeProvider clock)
{
    private const int Step = 50;

    /// <summary>A source is a word that begins with <c>hr</c>; two lists of a merged province never share staff numbers.</summary>
    public static bool IsSource(string source) =>
        (source == AffiliationSource.HumanResources || source.StartsWith($"{AffiliationSource.HumanResources}-", StringComparison.Ordinal))
        && source.Length is > 1 and <= 40 && source.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public async Task<StaffPlan> PreviewAsync(string source, StaffList list, bool onlyChanges, CancellationToken ct) =>
        await PreviewAsync(source, list, onlyChanges, await OrgTree.LoadAsync(db, ct), ct);

    private async Task<StaffPlan> PreviewAsync(string source, StaffList list, bool onlyChanges, OrgTree tree, CancellationToken ct)
    {
        var (judged, errors) = await JudgeAsync(source, list, tree, ct);
        var known = await db.StaffRecords.AsNoTracking().Where(r => r.Source == source && r.State != StaffState.Left).ToListAsync(ct);
        var listed = judged.Select(j => j.Facts.Row.StaffNumber).Concat(list.Unreadable).Concat(list.Rows.Select(r => r.StaffNumber)).ToHashSet(StringComparer.Ordinal);
        var missing = onlyChanges || list.HidesNumbers ? [] : known.Where(r => !listed.Contains(r.StaffNumber));
        return new StaffPlan(
            [.. missing.Select(r => new StaffChange(StaffChangeKind.Leaver, 0, r.StaffNumber, posts.NameOf(r), new("không còn trong danh sách", "is on the list no more"))), .. judged.Select(Describe)],
            errors, known.Count, !list.HidesNumbers);
    }

    public async Task<StaffImportOutcome> ApplyAsync(string source, StaffList list, StaffImportWishes wishes, CancellationToken ct)
    {
        // Read once: a unit that ends meanwhile gives nothing to anybody, and the next list moves its people on.
        var tree = await OrgTree.LoadAsync(db, ct);
        var plan = await PreviewAsync(source, list, wishes.OnlyChanges, tree, ct);
        if (plan.Errors.Count > 0 && !wishes.SkipErrors) return new StaffImportOutcome.Refused(plan, StaffImportRefusal.HasErrors);
        if (plan.LeaverShare > options.Value.LargestLeaverShare && !wishes.AllowManyLeavers) return new StaffImportOutcome.Refused(plan, StaffImportRefusal.TooManyLeavers);
        var rows = list.Rows.ToDictionary(r => r.StaffNumber, StringComparer.Ordinal);
        foreach (var step in plan.Changes.Where(c => c.Kind != StaffChangeKind.Unchanged).OrderBy(c => c.Kind == StaffChangeKind.Leaver ? 0 : 1).Chunk(Step))
            await StorageLock.RunAsync(db, StorageLockName.StaffList, () => ApplyAsync(source, step, rows, tree, ct), ct);
        return new StaffImportOutcome.Applied(plan);
    }

    private async Task<int> ApplyAsync(string source, StaffChange[] step, Dictionary<string, StaffRow> rows, OrgTree tree, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        foreach (var change in step)
        {
            // Judged anew: another list, or a sign-in, may have been here since the preview.
            var record = await db.StaffRecords.SingleOrDefaultAsync(r => r.Source == source && r.StaffNumber == change.StaffNumber, ct);
            var facts = rows.TryGetValue(change.StaffNumber, out var row) ? FactsOf(row, record, tree) : null;
            if (facts is null && change.Line == 0 && record is { State: not StaffState.Left }) await posts.LeaveAsync(record, StandingEndReason.LeftByList, ct);
            if (facts is not null) await ApplyAsync(source, facts, record, ct);
        }
        await db.SaveChangesAsync(ct);
        return step.Length;
    }

    private Task ApplyAsync(string source, StaffFacts facts, StaffRecord? record, CancellationToken ct) => StaffVerdict.Of(facts, record) switch
    {
        StaffChangeKind.Joiner => posts.JoinAsync(source, facts, record, ct),
        StaffChangeKind.Leaver => posts.LeaveAsync(record!, StandingEndReason.LeftByList, ct),
        StaffChangeKind.Unchanged => Task.CompletedTask,
        _ => posts.ChangeAsync(facts, record!, ct),
    };

    private async Task<(List<(StaffFacts Facts, StaffRecord? Record)> Judged, List<StaffListError> Errors)> JudgeAsync(string source, StaffList list, OrgTree tree, CancellationToken ct)
    {
        var records = await db.StaffRecords.AsNoTracking().Where(r => r.Source == source).ToDictionaryAsync(r => r.StaffNumber, StringComparer.Ordinal, ct);
        var (judged, errors) = (new List<(StaffFacts, StaffRecord?)>(), new List<StaffListError>(list.Errors));
        foreach (var row in list.Rows)
        {
            var record = records.GetValueOrDefault(row.StaffNumber);
            if (FactsOf(row, record, tree) is { } facts) judged.Add((facts, record));
            else errors.Add(new(row.Line, StaffFaults.UnitUnknown(StaffListReader.TitleOf("unit_code"), row.UnitCode)));
        }
        return (judged, [.. errors.OrderBy(e => e.Line)]);
    }

    /// <summary>Null when the row names no unit of today.</summary>
    private StaffFacts? FactsOf(StaffRow row, StaffRecord? record, OrgTree tree)
    {
        var now = clock.GetUtcNow();
        var state = row.To <= now ? StaffState.Left : row.State;
        // Somebody who has left may have left a unit that is gone as well.
        if ((tree.Find(row.UnitCode, now)?.Id ?? (state == StaffState.Left ? record?.UnitId ?? Guid.Empty : null)) is not { } unit) return null;
        return new StaffFacts(row, unit, state, row.PersonalNumber is { } number ? posts.NumberDigest(number) : null, row.Mail is { } mail ? posts.MailDigest(mail) : null,
            record is null ? null : posts.NameOf(record));
    }

    private static StaffChange Describe((StaffFacts Facts, StaffRecord? Record) judged)
    {
        var (facts, record) = judged;
        var kind = StaffVerdict.Of(facts, record);
        return new StaffChange(kind, facts.Row.Line, facts.Row.StaffNumber, facts.Name, kind switch
        {
            StaffChangeKind.Joiner when record is not null => new($"trở lại {facts.Row.UnitCode}", $"back to {facts.Row.UnitCode}"),
            StaffChangeKind.Joiner or StaffChangeKind.Mover => new($"về {facts.Row.UnitCode}", $"to {facts.Row.UnitCode}"),
            StaffChangeKind.Leaver when facts.Row.State == StaffState.Left => new("danh sách ghi như vậy", "the list says so"),
            StaffChangeKind.Leaver => new("đã qua ngày cuối", "the last day is over"),
            StaffChangeKind.Changed when StaffVerdict.IsReassigned(facts, record!) => new("mã cán bộ nay là của người khác", "the staff number is another human's now"),
            _ => LocalizedText.Empty,
        });
    }
}
