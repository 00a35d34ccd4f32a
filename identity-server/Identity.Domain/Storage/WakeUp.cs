using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage;

/// <summary>What one node calls out to the others.</summary>
public enum WakeUpCall
{
    /// <summary>Clients, connectors or signing keys have changed.</summary>
    Configuration,

    /// <summary>Applications are owed a logout.</summary>
    LogoutDeliveries,
}

/// <summary>
/// Spares the other nodes the wait until they look by themselves. Only ever a hint: who misses a call finds the change by polling. On
/// SQLite there is nobody to call.
/// </summary>
public static class WakeUp
{
    public const string Channel = "identity";

    /// <summary>Rides in the caller's transaction: PostgreSQL calls when it commits, and not at all when it rolls back.</summary>
    public static async Task SendAsync(IdentityDb db, WakeUpCall call, CancellationToken ct)
    {
        // Not on the way of any token: a commit that calls takes turns with every other one that does.
        if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {call.ToString()})", ct);
    }
}
