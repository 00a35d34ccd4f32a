using System.Diagnostics;
using System.Globalization;
using System.Text;
using Identity.Benchmarks.Seed;
using Identity.Benchmarks.Stage;
using Identity.Domain.Configuration;
using Identity.Domain.Privacy;
using Identity.Domain.Statistics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Identity.Benchmarks.Lists;

/// <summary>People and clients as `seed` makes them, and behind them what a province has after a year: a trail, agencies, applications, work that waits.</summary>
internal sealed class ListFilling(ListSize size, int writers, Installation installation)
{
    /// <summary>Enough people in office for every agency.</summary>
    public const int Officials = 30_000;

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public async Task RunAsync(CancellationToken ct)
    {
        await using var app = await InProcess.OpenAsync(installation.Settings, ct);
        await using var database = Open(installation.Settings);
        if (await Sql.ReadAsync<bool>(database, "SELECT EXISTS (SELECT 1 FROM applications)", ct)) return;
        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<ConfigurationStore>().ImportAsync(Encoding.UTF8.GetBytes(ServerCommandLine.Configuration()), "seed", "benchmark", ct);
        await new Seeding(new(size.People, size.Clients, 0), writers, installation).RunAsync(ct);
        var vault = app.Services.GetRequiredService<PersonalDataVault>();
        await FillAsync(database, new ListTables(vault, Math.Min(Officials, size.People)), ct);
        await RollUpAsync(app.Services, ct);
        await StepAsync(database, "analyze", "VACUUM (ANALYZE)", ct);
        Say($"the database holds {await Sql.ReadAsync<string>(database, "SELECT pg_size_pretty(pg_database_size(current_database()))", ct)}");
    }

    public static async Task<string> SizesAsync(ServerSettings settings, CancellationToken ct)
    {
        await using var database = Open(settings);
        return await Sql.ReadAsync<string>(database, """
            SELECT (SELECT count(*) FROM people) || ' people, ' || (SELECT count(*) FROM configuration_items WHERE kind = 'client') || ' clients, ' || (SELECT count(*) FROM audit_events) || ' rows of the trail, '
                || (SELECT count(*) FROM statistic_hours) || ' counted hours, ' || (SELECT count(*) FROM applications) || ' applications, ' || (SELECT count(*) FROM staff_records) || ' posts in '
                || (SELECT count(*) FROM org_units) || ' units; ' || pg_size_pretty(pg_database_size(current_database()))
            """, ct);
    }

    public static NpgsqlDataSource Open(ServerSettings settings) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.ConnectionString)
    {
        // Foreign keys hold by construction; the commits of a load may be lost with it.
        Options = "-c session_replication_role=replica -c synchronous_commit=off -c maintenance_work_mem=1GB -c work_mem=256MB -c statement_timeout=0", CommandTimeout = 0,
    }.ConnectionString);

    private async Task FillAsync(NpgsqlDataSource database, ListTables tables, CancellationToken ct)
    {
        var indexes = await SecondaryIndexes.DropAsync(database, ["audit_events", "statistic_hours"], ct);
        try
        {
            foreach (var (name, statement) in ListSql.Statements(size, Math.Min(Officials, size.People))) await StepAsync(database, name, statement, ct);
        }
        finally
        {
            await indexes.CreateAsync(database, Say);
        }
        foreach (var table in tables.All())
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await table.WriteAsync(connection, 0, table.Rows, ct);
            Say(string.Create(CultureInfo.InvariantCulture, $"{table.Name}: {table.Rows}"));
        }
        await StepAsync(database, "posts of the officials", ListSql.Affiliations, ct);
        await StepAsync(database, "analyze", "ANALYZE", ct);
    }

    /// <summary>By the product itself.</summary>
    private async Task RollUpAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DailyRollUp>().RollUpAsync(ct);
        Say("days and months of the statistics");
    }

    private async Task StepAsync(NpgsqlDataSource database, string name, string statement, CancellationToken ct)
    {
        await Sql.RunAsync(database, statement, ct);
        Say(name);
    }

    private void Say(string text) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed:hh\\:mm\\:ss}  {text}"));
}
