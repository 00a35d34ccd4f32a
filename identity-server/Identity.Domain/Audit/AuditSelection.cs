using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Identity.Domain.Administration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Audit;

/// <summary>
/// Takes the rows of a search out of the house: one file of rows and a manifest with its digest, what was asked for, and the newest block
/// at that time. A selection cannot prove that nothing is missing; <see cref="AuditExport"/> with its whole blocks can.
/// </summary>
public sealed class AuditSelection(IdentityDb db, AuditReading reading, AuditTrail trail, TimeProvider clock)
{
    public const int MostRows = 100_000;

    /// <summary>A ZIP archive in a file that is gone when the stream is closed.</summary>
    public async Task<Stream> WriteAsync(AdminActor actor, AuditQuery query, AuditFormat format, CancellationToken ct)
    {
        var file = PrivateFile();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            var rows = (await reading.RowsAsync(actor, query, ct)).OrderBy(e => e.Sequence).Take(MostRows);
            var written = await WriteRowsAsync(archive, rows, query.Holds, format, ct);
            var manifest = new AuditSelectionManifest(query.Describe(), clock.GetUtcNow(), written.Lines, written.Lines < MostRows, [written], await HeadAsync(ct));
            await using var entry = archive.CreateEntry(AuditManifest.FileName).Open();
            await JsonSerializer.SerializeAsync(entry, manifest, AuditManifest.Json, ct);
            trail.Add("audit.exported", detail: $"{query.Describe()} rows={written.Lines} sha256={written.Sha256}");
        }
        await db.SaveChangesAsync(ct);
        file.Position = 0;
        return file;
    }

    private static async Task<AuditFile> WriteRowsAsync(ZipArchive archive, IQueryable<AuditEvent> rows, Func<AuditEvent, bool> holds, AuditFormat format, CancellationToken ct)
    {
        var name = format == AuditFormat.Csv ? "rows.csv" : "rows.ndjson";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var entry = archive.CreateEntry(name).Open();
        var lines = 0L;
        if (format == AuditFormat.Csv) await AddAsync(Encoding.UTF8.GetBytes(AuditCsv.Header));
        await foreach (var row in rows.AsAsyncEnumerable().Where(holds).WithCancellation(ct))
        {
            await AddAsync(format == AuditFormat.Csv ? Encoding.UTF8.GetBytes(AuditCsv.Line(row)) : JsonSerializer.SerializeToUtf8Bytes(row, AuditManifest.Json));
            lines++;
        }
        return new(name, Convert.ToHexStringLower(hash.GetHashAndReset()), lines);

        async Task AddAsync(byte[] line)
        {
            byte[] whole = [.. line, (byte)'\n'];
            hash.AppendData(whole);
            await entry.WriteAsync(whole, ct);
        }
    }

    private async Task<AuditHead?> HeadAsync(CancellationToken ct) =>
        await db.AuditSeals.AsNoTracking().OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct) is { } last ? new(last.Number, AuditStatement.HashOf(last.Statement)) : null;

    internal static FileStream PrivateFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"audit-{Guid.NewGuid():N}.zip"), options);
    }
}

public enum AuditFormat
{
    Csv = 0,
    Json = 1,
}

/// <param name="Query">What was asked for, as the row of the trail about this export says it.</param>
/// <param name="Complete">False when there were more rows than one file takes.</param>
/// <param name="Head">Newest sealed block when the rows were read.</param>
public sealed record AuditSelectionManifest(string Query, DateTimeOffset CreatedAt, long Rows, bool Complete, IReadOnlyList<AuditFile> Files, AuditHead? Head);
