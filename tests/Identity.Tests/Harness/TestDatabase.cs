using Npgsql;

namespace Identity.Tests.Harness;

public enum Engine
{
    Sqlite,
    PostgreSql,
}

/// <summary>The engines this run can reach. PostgreSQL joins when the script that started a throw-away cluster says where it is.</summary>
public static class Engines
{
    public static string? PostgreSqlServer { get; } = Environment.GetEnvironmentVariable("IDENTITY_TEST_POSTGRESQL");

    public static TheoryData<Engine> All { get; } = PostgreSqlServer is null ? new() { Engine.Sqlite } : new() { Engine.Sqlite, Engine.PostgreSql };
}

/// <summary>A database of one provider: copied from a migrated and seeded template, gone afterwards.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _name = $"t_{Guid.NewGuid():N}";
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "identity-tests");

    public TestDatabase(Engine engine)
    {
        Engine = engine;
        Directory.CreateDirectory(_folder);
        ConnectionString = engine == Engine.Sqlite
            ? $"Data Source={File};Pooling=True"
            : new NpgsqlConnectionStringBuilder(Engines.PostgreSqlServer) { Database = _name, MaxPoolSize = 40 }.ConnectionString;
    }

    public Engine Engine { get; }
    public string ConnectionString { get; }
    private string File => Path.Combine(_folder, $"{_name}.db");

    public async Task CreateAsync(TestDatabase? template)
    {
        if (Engine == Engine.Sqlite)
        {
            if (template is not null) System.IO.File.Copy(template.File, File);
            return;
        }
        await OnServerAsync(template is null ? $"CREATE DATABASE {_name}" : $"CREATE DATABASE {_name} TEMPLATE {template._name}");
    }

    /// <summary>Lets go of every connection, so that the template can be copied.</summary>
    public async Task ReleaseAsync()
    {
        if (Engine == Engine.PostgreSql)
        {
            // The server's own pools are keyed by its own connection string, so they are closed from the other end.
            await OnServerAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_name}'");
            return;
        }
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        await using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await checkpoint.ExecuteNonQueryAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearPool(connection);
    }

    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync();
        if (Engine == Engine.PostgreSql) await OnServerAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
        else
            foreach (var file in Directory.GetFiles(_folder, $"{_name}.db*")) System.IO.File.Delete(file);
    }

    private static async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Engines.PostgreSqlServer) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
