using Identity.Domain.Organisations;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Statistics;

/// <summary>
/// Adds hours up into days, and days into months, once and for good: a day is taken when the trail has been counted beyond it and its
/// hours are made anew no more. Position and rows move in one transaction.
/// </summary>
public sealed class DailyRollUp(IdentityDb db, TimeProvider clock)
{
    private const string Position = "days";

    /// <summary>Days that one transaction takes: a year that is there already is caught up with in a minute, and nobody waits behind it.</summary>
    private const int Batch = 10;

    public async Task RollUpAsync(CancellationToken ct)
    {
        while (await StorageLock.TryRunAsync(db, StorageLockName.Statistics, () => RollUpBatchAsync(ct), ct) == true) db.ChangeTracker.Clear();
        db.ChangeTracker.Clear();
    }

    /// <summary>The first day that is not rolled up; everything before it is.</summary>
    internal static async Task<DateOnly> OpenDayAsync(IdentityDb db, CancellationToken ct) =>
        await db.StatisticCursors.AsNoTracking().Where(c => c.Name == Position).Select(c => (long?)c.Position).SingleOrDefaultAsync(ct) is { } position ? DateOnly.FromDayNumber((int)position) : DateOnly.MinValue;

    /// <summary>True when there is more.</summary>
    private async Task<bool> RollUpBatchAsync(CancellationToken ct)
    {
        if (await OldestAsync(ct) is not { } oldest || await ChangingDayAsync(ct) is not { } changing) return false;
        var cursor = await db.StatisticCursors.SingleOrDefaultAsync(c => c.Name == Position, ct);
        if (cursor is null) db.StatisticCursors.Add(cursor = new() { Name = Position, Position = oldest.DayNumber });
        var (day, end) = (DateOnly.FromDayNumber((int)cursor.Position), changing);
        if (day >= end) return false;
        for (var taken = 0; taken < Batch && day < end; taken++, day = day.AddDays(1)) await TakeAsync(day, ct);
        cursor.Position = day.DayNumber;
        await db.SaveChangesAsync(ct);
        return day < end;
    }

    private async Task<DateOnly?> OldestAsync(CancellationToken ct) =>
        await db.StatisticHours.OrderBy(s => s.Hour).Select(s => (DateTimeOffset?)s.Hour).FirstOrDefaultAsync(ct) is { } hour ? VietnamDay.Of(hour) : null;

    /// <summary>The first day of which an hour may still change: rows of the trail wait to be counted, or sign-ins that ran out are to come.</summary>
    private async Task<DateOnly?> ChangingDayAsync(CancellationToken ct)
    {
        if (await HourlyRollUp.FinalUpToAsync(db, ct) is not { } final) return null;
        var counted = await StatisticsFiller.PositionAsync(db, ct);
        var waiting = await db.AuditEvents.Where(a => a.Sequence > counted).OrderBy(a => a.Sequence).Select(a => (DateTimeOffset?)a.At).FirstOrDefaultAsync(ct);
        var trail = (waiting ?? clock.GetUtcNow()) - TimeSpan.FromDays(1);
        return VietnamDay.Of(trail < final ? trail : final);
    }

    /// <summary>In the order of applications, which are read one by one: what stands together is one page of the table.</summary>
    private async Task TakeAsync(DateOnly day, CancellationToken ct)
    {
        var (from, to) = (VietnamDay.BeginOf(day).UtcDateTime, VietnamDay.BeginOf(day.AddDays(1)).UtcDateTime);
        var key = StatisticHour.DayOf(day);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO statistic_spans (client_id, day, name, connector, reason, amount)
            SELECT client_id, {key}, name, connector, reason, sum(amount) FROM statistic_hours WHERE hour >= {from} AND hour < {to} AND client_id <> '' GROUP BY client_id, name, connector, reason
            UNION ALL
            SELECT {StatisticSpan.AllClients}, {key}, name, connector, reason, sum(amount) FROM statistic_hours WHERE hour >= {from} AND hour < {to} GROUP BY name, connector, reason
            ORDER BY 1
            """, ct);
        if (day.AddDays(1).Day == 1) await CloseMonthAsync(key / 100, ct);
    }

    private Task<int> CloseMonthAsync(int month, CancellationToken ct)
    {
        var (first, last) = (month * 100, month * 100 + 31);
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO statistic_spans (client_id, day, name, connector, reason, amount)
            SELECT client_id, {month}, name, connector, reason, sum(amount) FROM statistic_spans WHERE day >= {first} AND day <= {last} GROUP BY client_id, name, connector, reason
            ORDER BY 1
            """, ct);
    }
}
