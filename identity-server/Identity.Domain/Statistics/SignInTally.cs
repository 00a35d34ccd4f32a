using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Statistics;

/// <summary>
/// Counts of one minute, of all nodes together: what the health of a way to sign in is judged by. Written in batches; a node that dies
/// takes some seconds of them along. What must be exact comes from the audit trail (<see cref="StatisticHour"/>).
/// </summary>
public sealed class TallyRow
{
    /// <summary>Since 1970.</summary>
    public long Minute { get; init; }

    public required string Connector { get; init; }

    /// <summary>An ending (<c>signed_in</c>, <c>timed_out</c>), or a waiting time with its bucket (<c>upstream:4</c>).</summary>
    public required string Fact { get; init; }

    public long Amount { get; set; }
}

/// <summary>What this node has counted and not yet written.</summary>
public sealed class SignInTally(TimeProvider clock)
{
    public const string SignedIn = "signed_in";

    /// <summary>What an upstream took to answer us.</summary>
    public const string Upstream = "upstream";

    /// <summary>What the person took at the upstream.</summary>
    public const string Away = "away";

    private readonly Lock _gate = new();
    private Dictionary<(long Minute, string Connector, string Fact), long> _counts = [];

    public static long MinuteOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;

    public void Count(string connector, string fact, long amount = 1) => Count((MinuteOf(clock.GetUtcNow()), connector, fact), amount);

    public void Count(string connector, string wait, TimeSpan taken) => Count(connector, $"{wait}:{WaitBuckets.IndexOf(taken)}");

    /// <summary>Adds what was counted to what the other nodes have written. Nothing is lost when the database is away: it goes along with the next attempt.</summary>
    public async Task WriteAsync(IdentityDb db, CancellationToken ct)
    {
        var counts = Take();
        if (counts.Count == 0) return;
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // In one order everywhere: two nodes that write the same minute must not wait for each other in a circle.
            foreach (var ((minute, connector, fact), amount) in counts.OrderBy(c => c.Key.Minute).ThenBy(c => c.Key.Connector, StringComparer.Ordinal).ThenBy(c => c.Key.Fact, StringComparer.Ordinal))
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO tally_rows (minute, connector, fact, amount) VALUES ({minute}, {connector}, {fact}, {amount})
                    ON CONFLICT (minute, connector, fact) DO UPDATE SET amount = tally_rows.amount + excluded.amount
                    """, ct);
            await transaction.CommitAsync(ct);
        }
        catch
        {
            foreach (var (key, amount) in counts) Count(key, amount);
            throw;
        }
    }

    private void Count((long, string, string) key, long amount)
    {
        lock (_gate) _counts[key] = _counts.GetValueOrDefault(key) + amount;
    }

    private Dictionary<(long Minute, string Connector, string Fact), long> Take()
    {
        lock (_gate)
        {
            var taken = _counts;
            _counts = [];
            return taken;
        }
    }
}
