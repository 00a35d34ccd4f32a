using Identity.Domain.Storage.PostgreSql;
using Identity.Domain.Storage.Sqlite;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.DesignTime;

// Used by `dotnet ef` alone; CONTRIBUTING.md tells how a migration is made.
internal static class Program
{
    private static int Main() => 0;

    // Identity reads its schema version from the application services; a context made by hand would silently get version 1.
    internal static IServiceProvider Services { get; } = new ServiceCollection()
        .Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3).BuildServiceProvider();
}

internal sealed class SqliteFactory : IDesignTimeDbContextFactory<SqliteIdentityDb>
{
    public SqliteIdentityDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteIdentityDb>().UseSqlite("Data Source=none.db").UseApplicationServiceProvider(Program.Services).Options);
}

internal sealed class PostgreSqlFactory : IDesignTimeDbContextFactory<PostgreSqlIdentityDb>
{
    public PostgreSqlIdentityDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgreSqlIdentityDb>().UseNpgsql("Host=127.0.0.1;Database=none").UseApplicationServiceProvider(Program.Services).Options);
}
