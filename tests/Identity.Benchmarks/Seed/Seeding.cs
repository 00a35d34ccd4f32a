using System.Diagnostics;
using System.Globalization;
using Identity.Benchmarks.Load;
using Identity.Benchmarks.Machine;
using Identity.Benchmarks.Stage;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Identity.Benchmarks.Seed;

/// <summary>Fills the tables through COPY, then proves that the server can live with what it finds.</summary>
internal sealed class Seeding(SeedSize size, int writers, Installation installation)
{
    private const int SessionsTried = 5;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public async Task RunAsync(CancellationToken ct)
    {
        await using var app = await InProcess.OpenAsync(installation.Settings, ct);
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(installation.Settings.ConnectionString)
        {
            // Foreign keys hold by construction and need not be asked 85 million times; the commits of a load may be lost with it.
            Options = "-c session_replication_role=replica -c synchronous_commit=off -c maintenance_work_mem=1GB -c statement_timeout=0",
            CommandTimeout = 0,
        }.ConnectionString);
        if (await Sql.ReadAsync<bool>(database, $"SELECT EXISTS (SELECT 1 FROM people WHERE id = '{SeededRows.PersonId(0)}')", ct))
            throw new BenchmarkException("This database has been seeded before: name another folder.");

        var tables = new SeedTables(app.Services.GetRequiredService<PersonalDataVault>(), await WebClientAsync(app.Services, ct), size, DateTime.UtcNow).All();
        RequireSpace(tables);
        var indexes = await SecondaryIndexes.DropAsync(database, tables.Select(t => t.Name), ct);
        try
        {
            foreach (var table in tables) await LoadAsync(database, table, ct);
        }
        finally
        {
            await indexes.CreateAsync(database, Say);
        }
        await Sql.RunAsync(database, "UPDATE configuration_revisions SET revision = revision + 1", ct);
        Say("ANALYZE");
        await Sql.RunAsync(database, "VACUUM (ANALYZE)", ct);
        Say($"the database holds {await Sql.ReadAsync<string>(database, "SELECT pg_size_pretty(pg_database_size(current_database()))", ct)}");
    }

    /// <summary>The server starts on it, a person with a password signs in, and a seeded session is one.</summary>
    public async Task VerifyAsync(PublishedServer server, CancellationToken ct)
    {
        await using var node = await RunningNode.StartServerAsync(server, installation.Settings, "", ct);
        Say(FormattableString.Invariant($"the server answers after {node.StartTime.TotalSeconds:0.0} s ({node.StartCpuSeconds:0.0} s of CPU), {node.IdleMebibytes:0} MiB"));
        var load = BenchmarkClients.Load("sso", [node.Address]) with { Workers = 1, SeededSessions = size.Sessions };
        using var provider = await ProviderClient.ConnectAsync(load, node.Address, ct);
        var visitor = new Visitor(0, load, provider);
        await RequireAsync("a person signs in with a password", () => Scenarios.AsNewBrowserAsync(visitor));
        for (var i = 0; i < SessionsTried && size.Sessions > 0; i++) await RequireAsync("a seeded session gets a code, tokens and attributes", () => Scenarios.AsSeededPersonAsync(visitor));
    }

    private async Task RequireAsync(string what, Func<Task> work)
    {
        try
        {
            await work();
            Say(what);
        }
        catch (LoadException problem)
        {
            throw new BenchmarkException($"Not so: {what}. {problem.Message}");
        }
    }

    private async Task LoadAsync(NpgsqlDataSource database, SeedTable table, CancellationToken ct)
    {
        var done = 0L;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = writers, CancellationToken = ct };
        await Parallel.ForEachAsync(table.Chunks(), parallel, async (chunk, token) =>
        {
            await using var connection = await database.OpenConnectionAsync(token);
            await table.WriteAsync(connection, chunk.From, chunk.To, token);
            var rows = Interlocked.Add(ref done, chunk.To - chunk.From);
            Say(string.Create(CultureInfo.InvariantCulture, $"{table.Name,-24}{rows,12:#,0} of {table.Rows:#,0}"));
        });
    }

    private static async Task<Client> WebClientAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var (document, _) = await scope.ServiceProvider.GetRequiredService<ConfigurationStore>().LoadAsync(ct);
        return document.Clients.Single(c => c.ClientId == BenchmarkClients.Web.Id);
    }

    private void RequireSpace(IReadOnlyList<SeedTable> tables)
    {
        const double Gibibyte = 1L << 30;
        // Half as much again for the write-ahead log and for the sorting of indexes.
        var needed = tables.Sum(t => (double)t.Rows * t.Bytes) * 1.5 / Gibibyte;
        var free = new DriveInfo(installation.Settings.Folder).AvailableFreeSpace / Gibibyte;
        Say(FormattableString.Invariant($"{tables.Sum(t => t.Rows):#,0} rows need about {needed:0.0} GiB of disk while loading, {free:0.0} GiB are free"));
        if (needed > free) throw new BenchmarkException("Not enough disk: choose a smaller --people or --sessions, or a --folder elsewhere.");
    }

    private void Say(string text) => Console.WriteLine(FormattableString.Invariant($"{_clock.Elapsed:hh\\:mm\\:ss}  {text}"));
}
