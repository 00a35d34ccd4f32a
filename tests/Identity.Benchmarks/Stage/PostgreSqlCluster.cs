using System.Globalization;
using System.Security.Cryptography;
using Identity.Benchmarks.Machine;
using Npgsql;

namespace Identity.Benchmarks.Stage;

/// <summary>
/// A PostgreSQL of our own in a folder of our own, durable as in production: fsync and synchronous_commit stay on. Runs as the
/// user "postgres" when we are root, for initdb refuses root.
/// </summary>
internal sealed class PostgreSqlCluster : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Plain = [];
    private readonly OwnedProcess _postgres;

    private PostgreSqlCluster(OwnedProcess postgres, string connectionString) => (_postgres, ConnectionString) = (postgres, connectionString);

    public string ConnectionString { get; }
    public int ProcessId => _postgres.Id;

    /// <summary>Makes the cluster when the folder holds none yet.</summary>
    public static async Task<PostgreSqlCluster> StartAsync(string folder, string cores, CancellationToken ct)
    {
        var programs = Programs();
        var (data, secret) = (Path.Combine(folder, "data"), Path.Combine(folder, "password"));
        if (!Directory.Exists(data)) await CreateAsync(folder, data, secret, programs, ct);
        var port = FreePort.Take();
        var postgres = OwnedProcess.Start(cores, AsOwner([Path.Combine(programs, "postgres"), "-D", data, .. Settings(folder, port)]), Plain, Path.Combine(folder, "postgresql.log"), "INT");
        var server = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = port, Username = "app", Password = await File.ReadAllTextAsync(secret, ct), Database = "postgres",
        };
        var cluster = new PostgreSqlCluster(postgres, server.ConnectionString);
        try
        {
            await cluster.AnswerAsync(ct);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
    }

    private static IEnumerable<string> Settings(string folder, int port)
    {
        string[] settings =
        [
            "listen_addresses=127.0.0.1", $"port={port}", $"unix_socket_directories={folder}", "fsync=on", "synchronous_commit=on", "max_connections=300",
            "shared_buffers=512MB", "max_wal_size=8GB", "checkpoint_timeout=15min", "jit=off",
        ];
        return settings.SelectMany(s => new[] { "-c", s });
    }

    private static async Task CreateAsync(string folder, string data, string secret, string programs, CancellationToken ct)
    {
        await File.WriteAllTextAsync(secret, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), ct);
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (Environment.IsPrivilegedProcess) await OwnedProcess.RunAsync(["chown", "-R", "postgres", folder], Plain, null, ct);
        await OwnedProcess.RunAsync(
            AsOwner([Path.Combine(programs, "initdb"), "-D", data, "-U", "app", $"--pwfile={secret}", "-A", "scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]), Plain, null, ct);
    }

    /// <summary>Where the distributions put them; the newest version wins, as in tests/tools/postgresql-temp.sh.</summary>
    private static string Programs()
    {
        string[] parents = ["/usr/lib/postgresql", "/usr"];
        var found = parents.Where(Directory.Exists).SelectMany(p => Directory.GetDirectories(p)).Select(d => Path.Combine(d, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .OrderBy(bin => int.TryParse(Path.GetFileName(Path.GetDirectoryName(bin))!.Replace("pgsql-", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var version) ? version : 0);
        return found.LastOrDefault() ?? throw new BenchmarkException("PostgreSQL is not installed.");
    }

    // setpriv replaces itself by the program: the process that we started is PostgreSQL's own.
    private static string[] AsOwner(string[] command) =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", .. command] : command;

    private async Task AnswerAsync(CancellationToken ct)
    {
        while (true)
        {
            if (_postgres.HasEnded) throw new BenchmarkException($"PostgreSQL ended: {await File.ReadAllTextAsync(_postgres.LogFile, ct)}");
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString);
                await connection.OpenAsync(ct);
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
            }
        }
    }
}
