using System.Data.Common;
using Identity.Domain.Settings;
using Identity.Domain.Storage.PostgreSql;
using Identity.Domain.Storage.Sqlite;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Identity.Domain.Storage;

public static class StorageSetup
{
    public static IHostApplicationBuilder AddStorage(this IHostApplicationBuilder app)
    {
        app.Services.AddSettings<StorageOptions>("Storage")
            .Validate(IsConnectionString, "Storage:ConnectionString: not a connection string for Storage:Provider; write Host=…;Database=…;Username=…;Password=… or Data Source=…");
        app.Services.AddScoped<StorageProbe>();
        app.Services.Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        // Read before the settings are judged; what is wrong with them is said later, all at once.
        var connectionString = app.Configuration["Storage:ConnectionString"] ?? "";
        switch (ProviderOf(app.Configuration))
        {
            case StorageProvider.PostgreSql:
                app.Services.AddSingleton(_ => Source(connectionString)).AddSingleton<WakeUpLine>();
                app.Services.AddDbContextPool<IdentityDb, PostgreSqlIdentityDb>((services, o) => o.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));
                app.Services.AddSingleton<IHotStatements, PostgreSqlHotStatements>().AddSingleton<IAuditTable, PostgreSqlAuditTable>();
                break;
            default:
                app.Services.AddSingleton(_ => new SqliteLane(connectionString));
                app.Services.AddDbContextPool<IdentityDb, SqliteIdentityDb>(o =>
                    o.UseSqlite(connectionString).AddInterceptors(new SqliteConnectionSettings()));
                app.Services.AddSingleton<IHotStatements, SqliteHotStatements>().AddSingleton<IAuditTable, SqliteAuditTable>();
                break;
        }
        return app;
    }

    public static StorageProvider ProviderOf(IConfiguration settings) =>
        Enum.TryParse<StorageProvider>(settings["Storage:Provider"], ignoreCase: true, out var provider) ? provider : new StorageOptions().Provider;

    private static bool IsConnectionString(StorageOptions options)
    {
        try
        {
            DbConnectionStringBuilder builder = options.Provider == StorageProvider.PostgreSql ? new NpgsqlConnectionStringBuilder() : new SqliteConnectionStringBuilder();
            builder.ConnectionString = options.ConnectionString;
            return true;
        }
        catch (ArgumentException)
        {
            // The drivers' own sentences quote the text, and the text may hold a password.
            return false;
        }
    }

    private static NpgsqlDataSource Source(string connectionString)
    {
        // Its own name would be the connection string, and telemetry repeats it.
        var builder = new NpgsqlDataSourceBuilder(PreparedStatements(connectionString)) { Name = "identity" };
        return builder.ConfigureTracing(spans => spans.EnableFirstResponseEvent(false)).Build();
    }

    /// <summary>Prepared statements cut the work of both sides to a third (measured); the operator's own setting wins.</summary>
    private static string PreparedStatements(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (builder.MaxAutoPrepare == 0)
        {
            builder.MaxAutoPrepare = 200;
            builder.AutoPrepareMinUsages = 2;
            // Nothing here changes a connection's settings; locks end with their transaction, which is rolled back in any case.
            builder.NoResetOnClose = true;
        }
        return builder.ConnectionString;
    }
}
