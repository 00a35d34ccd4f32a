using System.Data.Common;
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
        var options = app.Configuration.GetSection("Storage").Get<StorageOptions>() ?? new();
        app.Services.AddOptions<StorageOptions>().BindConfiguration("Storage").ValidateDataAnnotations()
            .Validate(IsConnectionString, "Storage:ConnectionString is not a connection string for Storage:Provider.").ValidateOnStart();
        app.Services.Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        switch (options.Provider)
        {
            case StorageProvider.PostgreSql:
                app.Services.AddSingleton(_ => NpgsqlDataSource.Create(PreparedStatements(options.ConnectionString)));
                app.Services.AddDbContextPool<IdentityDb, PostgreSqlIdentityDb>((services, o) => o.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));
                app.Services.AddSingleton<IHotStatements, PostgreSqlHotStatements>();
                app.Services.AddSingleton<IAuditTable, PostgreSqlAuditTable>();
                break;
            default:
                app.Services.AddDbContextPool<IdentityDb, SqliteIdentityDb>(o =>
                    o.UseSqlite(options.ConnectionString).AddInterceptors(new SqliteConnectionSettings()));
                app.Services.AddSingleton(_ => new SqliteLane(options.ConnectionString));
                app.Services.AddSingleton<IHotStatements, SqliteHotStatements>().AddSingleton<IAuditTable, SqliteAuditTable>();
                break;
        }
        return app;
    }

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
