using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Policies;

/// <summary>What would go or end with the next round if the policy were in force now. Nothing where that is nobody and no row.</summary>
public sealed class PolicyImpact(IdentityDb db, TimeProvider clock)
{
    public async Task<IReadOnlyList<Impact>> OfAsync(Policy policy, CancellationToken ct)
    {
        List<Impact> impacts = policy switch
        {
            SessionPolicy sessions => [await OfPauseAsync(sessions.Idle, ct)],
            RetentionPolicy kept =>
            [
                await OfTrailAsync(kept.Audit, ct),
                await OfAsync(ImpactKind.RemovesVisits, kept.History, before => db.Sessions.LongCountAsync(s => s.ExpiresAt < before, ct)),
                await OfAsync(ImpactKind.RemovesFailures, kept.Failures, before => db.FailureRecords.LongCountAsync(f => f.At < before, ct)),
                await OfAsync(ImpactKind.RemovesMails, kept.Mail, before => db.OutgoingMails.LongCountAsync(m => m.State != Mail.MailState.Pending && m.CreatedAt < before, ct)),
                await OfAsync(ImpactKind.RemovesStatistics, kept.Statistics, before => db.StatisticHours.LongCountAsync(s => s.Hour < before, ct)),
            ],
            _ => [],
        };
        return [.. impacts.Where(impact => impact.Count > 0)];
    }

    /// <summary>By blocks, as retention takes them: the trail itself may be too long to count.</summary>
    private Task<Impact> OfTrailAsync(TimeSpan? kept, CancellationToken ct) => OfAsync(ImpactKind.RemovesAuditRows, kept, before =>
        db.AuditSeals.Where(s => s.RowsRemovedAt == null && s.SealedAt < before).SumAsync(s => (long)s.RowCount, ct));

    private Task<Impact> OfPauseAsync(TimeSpan? idle, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return OfAsync(ImpactKind.EndsVisits, idle, before => db.Sessions.LongCountAsync(s => s.EndedAt == null && s.ExpiresAt > now && s.LastSeenAt < before, ct));
    }

    private async Task<Impact> OfAsync(ImpactKind kind, TimeSpan? kept, Func<DateTimeOffset, Task<long>> count)
    {
        if (kept is not { } time) return new Impact(kind, 0);
        var before = clock.GetUtcNow() - time;
        return new Impact(kind, await count(before)) { Before = before };
    }
}
