using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Identity.Protocols.Jose;

namespace Identity.Domain.Audit;

/// <summary>A folder that <see cref="AuditExport"/> wrote, wherever it was carried.</summary>
public sealed class ExportedEvidence(string folder, AuditManifest manifest) : IAuditEvidence
{
    public IReadOnlyList<JsonWebKey> Keys { get; } =
        [.. manifest.Keys.Select(k => JsonWebKey.TryRead(k, out var key) ? key : null).OfType<JsonWebKey>().Where(k => k.KeyId == k.Thumbprint)];

    public long FirstBlock => manifest.FirstBlock;

    public AuditSeal? Before => null;

    /// <summary>The first file that is not the one the manifest names.</summary>
    public async Task<AuditFault?> FindChangedFileAsync(CancellationToken ct)
    {
        foreach (var file in manifest.Files)
        {
            var path = Path.Combine(folder, Path.GetFileName(file.Name));
            if (!File.Exists(path)) return new(AuditProblem.FileChanged, File: file.Name);
            await using var stream = File.OpenRead(path);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct)) != file.Sha256) return new(AuditProblem.FileChanged, File: file.Name);
        }
        return null;
    }

    public IAsyncEnumerable<AuditSeal> BlocksAsync(CancellationToken ct) => LinesAsync<AuditSeal>(AuditManifest.BlocksFile, ct);

    public async IAsyncEnumerable<AuditEvent> RowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var file in manifest.Files.Where(f => f.Name != AuditManifest.BlocksFile))
            await foreach (var row in LinesAsync<AuditEvent>(Path.GetFileName(file.Name), ct)) yield return row;
    }

    private async IAsyncEnumerable<T> LinesAsync<T>(string name, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var line in File.ReadLinesAsync(Path.Combine(folder, name), ct)) yield return JsonSerializer.Deserialize<T>(line, AuditManifest.Json)!;
    }
}
