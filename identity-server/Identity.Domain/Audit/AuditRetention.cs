using Identity.Domain.Clients;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Audit;

/// <summary>Removes the rows of whole blocks that are old enough. The blocks stay, and a row says up to which one retention has come.</summary>
public sealed class AuditRetention(IdentityDb db, AuditTrail trail, IOptions<AuditOptions> options, ClientRegistry registry, TimeProvider clock)
{
    internal const string Removed = "audit.rows_removed";

    private const int MostBlocks = 500;
    private const int MostRows = 20_000;

    /// <summary>Returns how many rows went.</summary>
    public async Task<int> RemoveAsync(CancellationToken ct)
    {
        var kept = registry.Policies.Retention.Audit ?? options.Value.Retention;
        // Whole days, so that a removal is one event a day and not one every few minutes.
        var before = new DateTimeOffset((clock.GetUtcNow() - kept).UtcDateTime.Date, TimeSpan.Zero);
        var removed = 0;
        while (await StorageLock.TryRunAsync(db, StorageLockName.AuditSeals, () => RemoveAsync(before, ct), ct) is { } rows and > 0) removed += rows;
        return removed;
    }

    internal static string Describe(long upToBlock, int rows, DateTimeOffset before) => $"blocks=1-{upToBlock} rows={rows} before={before:yyyy-MM-dd}";

    /// <summary>The last block of a removal that <see cref="Describe"/> wrote. Always counted from the first block, so that the newest such row vouches for all.</summary>
    internal static long? UpToBlock(AuditEvent row) =>
        row.Name == Removed && row.Detail?.Split(' ')[0].Split('-') is ["blocks=1", var last] && long.TryParse(last, out var block) ? block : null;

    private async Task<int> RemoveAsync(DateTimeOffset before, CancellationToken ct)
    {
        var oldest = await db.AuditSeals.Where(s => s.RowsRemovedAt == null).OrderBy(s => s.Number).Take(MostBlocks).ToListAsync(ct);
        var rows = 0;
        var due = oldest.TakeWhile(s => s.SealedAt < before && (rows == 0 || rows + s.RowCount <= MostRows) && (rows += s.RowCount) > 0).ToList();
        if (due.Count == 0) return 0;
        var (first, last) = (due[0].FirstSequence, due[^1].LastSequence);
        await db.AuditEvents.Where(e => e.Sequence >= first && e.Sequence <= last).ExecuteDeleteAsync(ct);
        foreach (var block in due) (block.Leaves, block.RowsRemovedAt) = (null, clock.GetUtcNow());
        trail.Add(Removed, detail: Describe(due[^1].Number, rows, before));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return rows;
    }
}
