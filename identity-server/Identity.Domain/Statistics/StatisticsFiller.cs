using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Statistics;

/// <summary>
/// Counts the audit trail into hours. Every node may try; one at a time does. Position and counts move in one transaction, so nothing
/// is counted twice or left out, wherever it was stopped; after a stop it catches up.
/// </summary>
public sealed class StatisticsFiller(IdentityDb db, ClientRegistry registry)
{
    private const string Position = "audit";
    private const int LongestWord = 60;

    /// <summary>Numbers of the trail that one transaction looks at.</summary>
    private const int Batch = 20_000;

    private static readonly string[] Counted =
    [
        "session.started", "code.issued", "code.redeemed", "token.refused", "authorize.refused", "authorize.error_shown",
        "signin.failed", "signin.refused", "signin.cancelled", "signin.declined", "signin.abandoned", "signin.expired", "signin.bounced", "signin.paused",
    ];

    /// <summary>Until everything that is decided has been counted, or another node does it.</summary>
    public async Task FillAsync(CancellationToken ct)
    {
        while (await StorageLock.TryRunAsync(db, StorageLockName.Statistics, () => FillBatchAsync(ct), ct) == true) db.ChangeTracker.Clear();
        db.ChangeTracker.Clear();
    }

    /// <summary>Rows of the trail up to here are counted.</summary>
    internal static async Task<long> PositionAsync(IdentityDb db, CancellationToken ct) =>
        await db.StatisticCursors.AsNoTracking().Where(c => c.Name == Position).Select(c => (long?)c.Position).SingleOrDefaultAsync(ct) ?? 0;

    /// <summary>True when there is more.</summary>
    private async Task<bool> FillBatchAsync(CancellationToken ct)
    {
        if (await SettledRows.UpToAsync(db, ct) is not { } settled) return false;
        var cursor = await db.StatisticCursors.SingleOrDefaultAsync(c => c.Name == Position, ct);
        if (cursor is null) db.StatisticCursors.Add(cursor = new() { Name = Position });
        var upTo = Math.Min(settled, cursor.Position + Batch);
        var rows = await db.AuditEvents.AsNoTracking().Where(a => a.Sequence > cursor.Position && a.Sequence <= upTo && Counted.Contains(a.Name))
            .Select(a => new { a.At, a.Name, a.Connector, a.ClientId, a.Reason, Detail = a.Name == "session.started" ? a.Detail : null }).ToListAsync(ct);
        var counts = rows.CountBy(a => new HourKey(StatisticHour.HourOf(a.At), a.Name, a.Connector ?? "", Known(a.ClientId), Word(a.Detail is { } detail ? MethodsOf(detail) : a.Reason)));
        await AddAsync(counts, ct);
        cursor.Position = upTo;
        await db.SaveChangesAsync(ct);
        return upTo < settled;
    }

    private async Task AddAsync(IEnumerable<KeyValuePair<HourKey, int>> counts, CancellationToken ct)
    {
        foreach (var hour in counts.GroupBy(c => c.Key.Hour))
        {
            var known = await db.StatisticHours.Where(s => s.Hour == hour.Key && s.Name != StatisticHour.Step && s.Name != StatisticHour.Wait).ToDictionaryAsync(HourKey.Of, ct);
            foreach (var (key, amount) in hour)
                if (known.TryGetValue(key, out var row)) row.Amount += amount;
                else db.StatisticHours.Add(key.ToRow(amount));
        }
    }

    /// <summary>A refused request may bring any name along; only ours make rows.</summary>
    private string Known(string? clientId) => registry.FindClient(clientId) is null ? "" : clientId!;

    /// <summary><c>acr=… amr=pwd otp proofing=…</c></summary>
    private static string MethodsOf(string detail) =>
        detail.Split("amr=") is [_, var rest] ? rest.Split(" proofing=")[0].Trim().Replace(' ', '+') : "";

    private static string Word(string? reason)
    {
        var word = new string([.. (reason ?? "").Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '+')]);
        return word.Length > LongestWord ? word[..LongestWord] : word;
    }
}

internal readonly record struct HourKey(DateTimeOffset Hour, string Name, string Connector, string ClientId, string Reason)
{
    public static HourKey Of(StatisticHour row) => new(row.Hour, row.Name, row.Connector, row.ClientId, row.Reason);

    public StatisticHour ToRow(long amount) => new()
    {
        Hour = Hour, Name = Name, Connector = Connector, ClientId = ClientId, Reason = Reason, Day = StatisticHour.DayOf(Hour), Amount = amount,
    };
}
