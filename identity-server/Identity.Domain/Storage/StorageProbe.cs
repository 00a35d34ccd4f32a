using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Storage;

/// <summary>Whether this node could work with its storage right now.</summary>
public sealed class StorageProbe(IdentityDb db, IOptions<StorageOptions> options)
{
    private static readonly byte[] Page = new byte[4_096];

    /// <summary>One sentence for operators, or null. Throws what the database throws when it does not answer.</summary>
    public async Task<string?> ProblemAsync(CancellationToken ct)
    {
        // A newer version may have migrated under this node: migrations only add what the version before can live beside, so that
        // nodes are replaced one by one. A node of the old version is not started again, though (NodeStart).
        if (await StorageSchema.JudgeAsync(db, ct) is SchemaVerdict.Outdated outdated) return $"the database lacks {outdated.Missing.Count} migration(s)";
        if (options.Value.Provider == StorageProvider.Sqlite) WriteBeside(new SqliteConnectionStringBuilder(options.Value.ConnectionString).DataSource);
        return null;
    }

    /// <summary>A page on the same disk: full, read-only or gone shows here, and no sign-in has to find out. Beside the database, so that nobody waits for its lock.</summary>
    private static void WriteBeside(string database)
    {
        var full = Path.GetFullPath(database);
        using var probe = new FileStream(full + ".probe", new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        });
        probe.Write(Page);
        probe.Flush(flushToDisk: true);
    }
}
