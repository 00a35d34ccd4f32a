using System.Buffers.Text;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Audit;

/// <summary>Chains decided rows into signed blocks. Every node may try; one at a time does.</summary>
public sealed class AuditSealer(IdentityDb db, AuditSealKeys keys, TimeProvider clock)
{
    /// <summary>Rows a block; what a backlog is cut into, so that SQLite's one writer never waits long.</summary>
    private const int BlockSize = 5_000;

    /// <summary>Returns how many rows were sealed.</summary>
    public async Task<int> SealAsync(CancellationToken ct)
    {
        var total = 0;
        while (await HasNewRowsAsync(ct))
        {
            var rows = await StorageLock.TryRunAsync(db, StorageLockName.AuditSeals, () => SealBlockAsync(ct), ct) ?? 0;
            total += rows;
            if (rows < BlockSize) break;
        }
        return total;
    }

    private async Task<bool> HasNewRowsAsync(CancellationToken ct) =>
        await db.AuditEvents.MaxAsync(e => (long?)e.Sequence, ct) > (await db.AuditSeals.MaxAsync(s => (long?)s.LastSequence, ct) ?? 0);

    private async Task<int> SealBlockAsync(CancellationToken ct)
    {
        if (await SettledRows.UpToAsync(db, ct) is not { } settled) return 0;
        var previous = await db.AuditSeals.AsNoTracking().OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct);
        var first = (previous?.LastSequence ?? 0) + 1;
        var rows = await db.AuditEvents.AsNoTracking().Where(e => e.Sequence >= first && e.Sequence <= settled).OrderBy(e => e.Sequence).Take(BlockSize).ToListAsync(ct);
        if (rows.Count == 0) return 0;
        await AddAsync(previous, first, rows, ct);
        return rows.Count;
    }

    private async Task AddAsync(AuditSeal? previous, long first, List<AuditEvent> rows, CancellationToken ct)
    {
        var leaves = AuditLeaves.Of(rows);
        var packed = leaves.Pack(first);
        var statement = new AuditStatement((previous?.Number ?? 0) + 1, first, rows[^1].Sequence, rows.Count,
            Base64Url.EncodeToString(leaves.Root), AuditStatement.Digest(packed),
            previous is null ? AuditStatement.NoPrevious : AuditStatement.HashOf(previous.Statement), StoredTime.Now(clock));
        using var key = await keys.CurrentAsync(ct);
        db.AuditSeals.Add(new()
        {
            Number = statement.Block,
            FirstSequence = statement.First,
            LastSequence = statement.Last,
            RowCount = statement.Rows,
            SealedAt = statement.SealedAt,
            Statement = statement.Sign(key),
            Leaves = packed,
        });
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}
