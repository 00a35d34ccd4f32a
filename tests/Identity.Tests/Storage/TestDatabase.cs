using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Identity.Server;
using Microsoft.Extensions.Logging;

namespace Identity.Tests.Storage;

/// <summary>An empty database of its own, on either engine, and nodes that share it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    public const string PostgreSqlVariable = "IDENTITY_TEST_POSTGRESQL";

    private readonly string _folder = Directory.CreateTempSubdirectory("identity-storage-").FullName;
    private readonly string _provider;
    private readonly string _connectionString;

    private TestDatabase(string provider, string? postgreSql)
    {
        _provider = provider;
        _connectionString = postgreSql ?? $"Data Source={Path.Combine(_folder, "identity.db")}";
    }

    /// <summary>The engines that can be tested here.</summary>
    public static TheoryData<string> Engines => Environment.GetEnvironmentVariable(PostgreSqlVariable) is { Length: > 0 } ? ["Sqlite", "PostgreSql"] : ["Sqlite"];

    public static async Task<TestDatabase> CreateAsync(string provider)
    {
        if (provider == "Sqlite") return new(provider, null);
        var server = new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable(PostgreSqlVariable));
        var name = $"storage_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        server.Database = name;
        return new(provider, server.ConnectionString);
    }

    public WebApplication Node(params (string Key, string Value)[] settings) => ServerApplication.Build(["--environment", "Development"], builder =>
    {
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["Storage:Provider"] = _provider,
            ["Storage:ConnectionString"] = _connectionString,
            ["Storage:MasterKeyFile"] = Path.Combine(_folder, "master.key"),
            ["Storage:CreateMasterKey"] = "true",
            ["Storage:MigrateAtStart"] = "true",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
    });

    public async ValueTask DisposeAsync()
    {
        if (_provider == "Sqlite")
        {
            SqliteConnection.ClearAllPools();
        }
        else
        {
            NpgsqlConnection.ClearAllPools();
            var server = new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable(PostgreSqlVariable));
            await using var connection = new NpgsqlConnection(server.ConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"DROP DATABASE {new NpgsqlConnectionStringBuilder(_connectionString).Database} WITH (FORCE)", connection);
            await command.ExecuteNonQueryAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }
}
