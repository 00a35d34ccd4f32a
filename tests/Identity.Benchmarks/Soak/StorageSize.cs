using Identity.Benchmarks.Stage;
using Npgsql;

namespace Identity.Benchmarks.Soak;

/// <summary>MiB on disk, indexes included: the tables that traffic fills, and everything together.</summary>
internal sealed class StorageSize(ServerSettings settings) : IAsyncDisposable
{
    public static IReadOnlyList<string> Tables { get; } = ["audit_events", "authorization_codes", "grants", "pending_authentications", "sessions"];

    private readonly NpgsqlDataSource? _database = settings.Provider == ServerSettings.PostgreSql ? NpgsqlDataSource.Create(settings.ConnectionString) : null;

    /// <summary>The whole first, then <see cref="Tables"/>; on SQLite only the whole is known.</summary>
    public async Task<IReadOnlyList<double>> ReadAsync(CancellationToken ct)
    {
        if (_database is null) return [Mebibytes(Directory.GetFiles(settings.Folder, "identity.db*").Sum(f => new FileInfo(f).Length))];
        var sizes = string.Join(", ", Tables.Select(t => $"pg_total_relation_size('{t}')"));
        await using var command = _database.CreateCommand($"SELECT pg_database_size(current_database()), {sizes}");
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return [.. Enumerable.Range(0, row.FieldCount).Select(i => Mebibytes(row.GetInt64(i)))];
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }

    private static double Mebibytes(long bytes) => Math.Round(bytes / 1048576.0, 1);
}
