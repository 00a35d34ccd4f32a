using System.Globalization;
using System.Text.Json;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Audit;

/// <summary>Writes whole sealed blocks to a folder that proves itself without the database.</summary>
public sealed class AuditExport(IdentityDb db, AuditTrail trail, TimeProvider clock)
{
    private const int RowsPerFile = 100_000;

    /// <summary>Every block that holds a row dated from <paramref name="from"/> to before <paramref name="to"/>; null when there is none.</summary>
    /// <param name="folder">Must hold no earlier export.</param>
    public async Task<AuditManifest?> WriteAsync(DateTimeOffset from, DateTimeOffset to, DirectoryInfo folder, CancellationToken ct)
    {
        var dated = db.AuditEvents.Where(e => e.At >= from && e.At < to);
        var (first, last) = (await dated.MinAsync(e => (long?)e.Sequence, ct), await dated.MaxAsync(e => (long?)e.Sequence, ct));
        var blocks = db.AuditSeals.AsNoTracking().Where(s => s.LastSequence >= first && s.FirstSequence <= last && s.RowsRemovedAt == null).OrderBy(s => s.Number);
        if (await blocks.FirstOrDefaultAsync(ct) is not { } firstBlock) return null;
        folder.Create();

        await using var blockFile = new AuditFileWriter(folder.FullName, AuditManifest.BlocksFile);
        var lastBlock = firstBlock;
        await foreach (var block in blocks.AsAsyncEnumerable().WithCancellation(ct)) await blockFile.WriteAsync(lastBlock = block, ct);
        var rowFiles = await WriteRowsAsync(firstBlock.FirstSequence, lastBlock.LastSequence, folder, ct);
        var manifest = new AuditManifest
        {
            From = from,
            To = to,
            CreatedAt = clock.GetUtcNow(),
            FirstBlock = firstBlock.Number,
            Head = new(lastBlock.Number, AuditStatement.HashOf(lastBlock.Statement)),
            Rows = rowFiles.Sum(f => f.Lines),
            Files = [blockFile.Finish(), .. rowFiles],
            Keys = [.. (await db.AuditSealKeys.AsNoTracking().OrderBy(k => k.CreatedAt).Select(k => k.PublicKey).ToListAsync(ct)).Select(k => JsonElement.Parse(k))],
        };
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, AuditManifest.FileName), manifest.ToUtf8Bytes(), ct);
        // Whoever takes the trail out of the house leaves a trace in it.
        trail.Add("audit.exported", detail: $"blocks={firstBlock.Number}-{lastBlock.Number} rows={manifest.Rows}");
        await db.SaveChangesAsync(ct);
        return manifest;
    }

    private async Task<List<AuditFile>> WriteRowsAsync(long first, long last, DirectoryInfo folder, CancellationToken ct)
    {
        var files = new List<AuditFile>();
        for (var next = first; next <= last;)
        {
            await using var file = new AuditFileWriter(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"rows-{files.Count + 1:D5}.ndjson"));
            var rows = db.AuditEvents.AsNoTracking().Where(e => e.Sequence >= next && e.Sequence <= last).OrderBy(e => e.Sequence).Take(RowsPerFile);
            await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(ct))
            {
                await file.WriteAsync(row, ct);
                next = row.Sequence + 1;
            }
            files.Add(file.Finish());
            if (file.Lines < RowsPerFile) break;
        }
        return files;
    }
}
