using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Identity.Domain.Storage;

/// <summary>Compares what the database has been through with what this version knows.</summary>
public static class StorageSchema
{
    /// <summary>A migration of a provincial database takes minutes at most; past this it waits for a lock that nobody will open.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public static async Task<SchemaVerdict> JudgeAsync(IdentityDb db, CancellationToken ct)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        var known = db.Database.GetMigrations().ToList();
        if (applied.Except(known).LastOrDefault() is { } foreign) return new SchemaVerdict.Newer(foreign);
        var missing = known.Except(applied).ToList();
        return missing.Count > 0 ? new SchemaVerdict.Outdated(missing) : new SchemaVerdict.Current();
    }

    /// <summary>Applies what is missing. Nodes that do it at once take turns; those that come second find nothing to do.</summary>
    public static async Task MigrateAsync(IdentityDb db, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        await using var turn = await TurnAsync(db, patience.Token);
        await db.Database.MigrateAsync(patience.Token);
    }

    /// <summary>
    /// On PostgreSQL the library's own lock ends with each migration, and a second node would apply the next one as well. A lock of
    /// the connection lasts for all of them; closing the connection for good ends it, also when a migration fails.
    /// </summary>
    private static async Task<IAsyncDisposable?> TurnAsync(IdentityDb db, CancellationToken ct)
    {
        if (!db.Database.IsNpgsql() || !await db.Database.CanConnectAsync(ct)) return null;
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        await using var take = new NpgsqlCommand($"SELECT pg_advisory_lock({(long)StorageLockName.Migrations})", connection) { CommandTimeout = 0 };
        await take.ExecuteNonQueryAsync(ct);
        return connection;
    }
}

public abstract record SchemaVerdict
{
    private SchemaVerdict() { }
    public sealed record Current : SchemaVerdict;
    public sealed record Outdated(IReadOnlyList<string> Missing) : SchemaVerdict;

    /// <summary>A newer version has migrated this database; writing to it could destroy what that version relies on.</summary>
    public sealed record Newer(string Migration) : SchemaVerdict;
}
