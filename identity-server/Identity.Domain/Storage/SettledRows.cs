using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Storage;

/// <summary>
/// How far the audit trail is decided: up to there, no row can appear any more. Sequences are given before their transactions
/// commit, so a lower number may become visible after a higher one.
/// </summary>
/// <remarks>
/// PostgreSQL. Every INSERT locks its table (ROW EXCLUSIVE) before it asks for a number, and holds that lock until its transaction
/// has ended, which is after its rows have become visible. Take a bound S that some visible row has: all numbers up to S were given
/// before. So at any later moment, whoever still owns a number up to S without having ended is among the holders of that lock. Once
/// each holder seen at one such moment has ended, the rows up to S are the rows that will ever be there; missing numbers were rolled
/// back. The same wait is what lets PostgreSQL build an index beside running writers. Comparing transaction ids of snapshots instead
/// would not do: a snapshot's xmax is the id after the last <em>completed</em> transaction, so running writers may lie beyond it, and
/// a writer has no id at all between taking its number and writing its row.
///
/// SQLite has one writer at a time: inside a transaction that may write, everything else is decided.
/// </remarks>
public static class SettledRows
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Longer than any transaction of ours; beyond it, the next round asks again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The highest decided sequence, or null when writers below it did not end in time. Call in a transaction that has not written to the trail.</summary>
    public static async Task<long?> UpToAsync(IdentityDb db, CancellationToken ct)
    {
        var bound = await db.AuditEvents.MaxAsync(e => (long?)e.Sequence, ct) ?? 0;
        if (!db.Database.IsNpgsql()) return bound;
        var writers = await WritersAsync(db, ct);
        for (var waited = TimeSpan.Zero; writers.Count > 0; waited += Pause)
        {
            if (waited >= Patience) return null;
            await Task.Delay(Pause, ct);
            writers.IntersectWith(await WritersAsync(db, ct));
        }
        return bound;
    }

    /// <summary>Transactions that may own a number. A virtual transaction id is never used twice while the server runs.</summary>
    private static async Task<HashSet<string>> WritersAsync(IdentityDb db, CancellationToken ct) =>
        [.. await db.Database.SqlQuery<string>($"""
            SELECT virtualtransaction AS "Value" FROM pg_locks
            WHERE locktype = 'relation' AND relation = 'audit_events'::regclass AND mode = 'RowExclusiveLock' AND granted
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """).ToListAsync(ct)];
}
