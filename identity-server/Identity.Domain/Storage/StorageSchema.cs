using Microsoft.EntityFrameworkCore;

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
        // A database that does not exist yet has no second node either.
        if (db.Database.IsNpgsql() && await db.Database.CanConnectAsync(patience.Token)) await MigrateInTurnAsync(db, patience.Token);
        else await db.Database.MigrateAsync(patience.Token);
    }

    /// <summary>The library's own lock ends with each migration on PostgreSQL, and a second node would apply the next one as well. A lock of the connection lasts for all.</summary>
    private static async Task MigrateInTurnAsync(IdentityDb db, CancellationToken ct)
    {
        db.Database.SetCommandTimeout(Patience);
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({(long)StorageLockName.Migrations})", ct);
            await db.Database.MigrateAsync(ct);
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({(long)StorageLockName.Migrations})", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
            db.Database.SetCommandTimeout((int?)null);
        }
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
