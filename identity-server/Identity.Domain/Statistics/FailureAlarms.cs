using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Statistics;

/// <summary>What fails more than it used to: a reason that doubled against the same hour last week, an application that sends people back.</summary>
public sealed class FailureAlarms(IdentityDb db, TimeProvider clock)
{
    private const int FewestOfReason = 20;
    private const int FewestBounces = 5;

    /// <summary>Of the last hour that is over: the running one has not seen everything yet.</summary>
    public async Task<IReadOnlyList<ReasonAlarm>> ReasonsAsync(StatisticsReach reach, CancellationToken ct)
    {
        if (reach is not StatisticsReach.Province) return [];
        var hour = StatisticHour.HourOf(clock.GetUtcNow()).AddHours(-1);
        var before = hour.AddDays(-7);
        var rows = await db.StatisticHours.AsNoTracking().Where(s => (s.Hour == hour || s.Hour == before) && (s.Name == "signin.failed" || s.Name == "signin.refused") && s.Reason != "")
            .GroupBy(s => new { s.Hour, s.Reason }).Select(g => new { g.Key.Hour, g.Key.Reason, Amount = g.Sum(s => s.Amount) }).ToListAsync(ct);
        return [.. rows.Where(r => r.Hour == hour && r.Amount > FewestOfReason).Select(r => new ReasonAlarm(r.Reason, r.Amount, rows.SingleOrDefault(w => w.Hour == before && w.Reason == r.Reason)?.Amount ?? 0))
            .Where(a => a.Amount >= 2 * a.WeekAgo).OrderByDescending(a => a.Amount)];
    }

    /// <summary>People who were signed in and came back at once, by application, in this hour or the one before.</summary>
    public async Task<IReadOnlyList<BounceAlarm>> BouncesAsync(StatisticsReach reach, CancellationToken ct)
    {
        var from = StatisticHour.HourOf(clock.GetUtcNow()).AddHours(-1);
        var rows = await db.StatisticHours.AsNoTracking().Where(s => s.Hour >= from && s.Name == "signin.bounced" && s.ClientId != "").GroupBy(s => s.ClientId)
            .Select(g => new { ClientId = g.Key, Amount = g.Sum(s => s.Amount) }).Where(g => g.Amount >= FewestBounces).ToListAsync(ct);
        return [.. rows.Where(r => reach.Includes(r.ClientId)).Select(r => new BounceAlarm(r.ClientId, r.Amount))];
    }
}

public sealed record ReasonAlarm(string Word, long Amount, long WeekAgo);

public sealed record BounceAlarm(string ClientId, long Amount);
