using System.Security.Cryptography;
using System.Text.Json;

namespace Identity.Domain.Audit;

/// <summary>One NDJSON file that knows its own digest. Readable by its owner alone: rows name people and addresses.</summary>
internal sealed class AuditFileWriter : IAsyncDisposable
{
    private readonly string _name;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public AuditFileWriter(string folder, string name)
    {
        _name = name;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(Path.Combine(folder, name), options);
    }

    public long Lines { get; private set; }

    public async Task WriteAsync<T>(T item, CancellationToken ct)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(item, AuditManifest.Json), (byte)'\n'];
        _hash.AppendData(line);
        await _file.WriteAsync(line, ct);
        Lines++;
    }

    public AuditFile Finish() => new(_name, Convert.ToHexStringLower(_hash.GetHashAndReset()), Lines);

    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await _file.DisposeAsync();
    }
}
