using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Identity.Domain.Storage;

/// <summary>Work that exactly one node may do at a time: creating keys, applying configuration.</summary>
public static class StorageLock
{
    /// <summary>Runs <paramref name="work"/> in one transaction that holds the lock; commits when it returns. The lock ends with the transaction, also when a node dies.</summary>
    public static async Task<T> RunAsync<T>(IdentityDb db, StorageLockName name, Func<Task<T>> work, CancellationToken ct)
    {
        await using var transaction = await BeginAsync(db, name, ct);
        var result = await work();
        await transaction.CommitAsync(ct);
        return result;
    }

    /// <summary>A transaction that holds the lock, for work that commits only what it does not refuse.</summary>
    public static async Task<IDbContextTransaction> BeginAsync(IdentityDb db, StorageLockName name, CancellationToken ct)
    {
        // SQLite: a transaction begun this way takes the one write lock at once. PostgreSQL: an advisory lock of the transaction.
        var transaction = await db.Database.BeginTransactionAsync(ct);
        if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({(long)name})", ct);
        return transaction;
    }

    /// <summary>The same, except that nothing is done and null returned while another node holds the lock.</summary>
    public static async Task<T?> TryRunAsync<T>(IdentityDb db, StorageLockName name, Func<Task<T>> work, CancellationToken ct) where T : struct
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (db.Database.IsNpgsql() && !await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({(long)name}) AS \"Value\"").SingleAsync(ct)) return null;
        var result = await work();
        await transaction.CommitAsync(ct);
        return result;
    }
}

public enum StorageLockName
{
    Migrations = 7_000,
    SigningKeys = 7_001,
    DataKeys = 7_002,
    ProtectionKeys = 7_003,
    Configuration = 7_004,
    ExpiredRows = 7_005,
    AuditSeals = 7_006,
    OutgoingMail = 7_007,
    OrgTree = 7_020,
    StaffList = 7_021,
    StandingEnds = 7_022,
    Leaving = 7_030,
    Statistics = 7_040,
    ExpiryReminders = 7_041,
    Roles = 7_042,
    ConnectorWatches = 7_043,
    ClientKeyWatches = 7_044,
}
