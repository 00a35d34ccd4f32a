using System.Text.RegularExpressions;
using Npgsql;

namespace Identity.Faults.Tests.Harness;

/// <summary>A PostgreSQL of our own that keeps what was committed through a crash, and that a test may crash.</summary>
internal sealed partial class PostgreSqlCluster : IAsyncDisposable
{
    private static readonly string Script = Path.Combine(Programs.Repository, "tests", "tools", "postgresql-temp.sh");
    private readonly string _folder;
    private readonly string _server;

    private PostgreSqlCluster(string folder, string server) => (_folder, _server) = (folder, server);

    public static async Task<PostgreSqlCluster> StartAsync()
    {
        var exports = await Programs.RunAsync("/bin/bash", [Script, "start", "--durable"]);
        var values = Export().Matches(exports).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        return new PostgreSqlCluster(values["PGTEMP_FOLDER"], values["IDENTITY_TEST_POSTGRESQL"]);
    }

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder(_server) { Database = database }.ConnectionString;

    public async Task<string> CreateDatabaseAsync(string name)
    {
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Ends every process of it at once, as if the power had failed.</summary>
    public Task CrashAsync() => Programs.RunAsync("/bin/bash", [Script, "crash", _folder]);

    /// <summary>The same data on the same port again.</summary>
    public Task ResumeAsync() => Programs.RunAsync("/bin/bash", [Script, "resume", _folder]);

    public async Task<T> ReadAsync<T>(string database, string sql)
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<int> ExecuteAsync(string database, string sql)
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString(database)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync() => await Programs.RunAsync("/bin/bash", [Script, "stop", _folder]);

    [GeneratedRegex("export ([A-Z_]+)='([^']+)'")]
    private static partial Regex Export();
}
