using Identity.Domain.Clients;
using Identity.Domain.Failures;
using Identity.Domain.Mail;
using Identity.Domain.Notices;
using Identity.Domain.Sessions;
using Identity.Domain.Statistics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Storage;

/// <summary>Removes what has served its purpose, a few hundred rows at a time, so that nobody waits behind it. Audit, consents and people are never touched.</summary>
public sealed class ExpiredRows(IdentityDb db, IOptions<FailureOptions> failures, ClientRegistry registry, TimeProvider clock)
{
    private const int Batch = 500;

    /// <summary>A code that comes back within a day still betrays the thief and ends its grant.</summary>
    private static readonly TimeSpan CodeMemory = TimeSpan.FromDays(1);

    /// <summary>Clocks of nodes differ: what keeps a thing from being used again stays until it has expired on the slowest of them as well.</summary>
    private static readonly TimeSpan ClockError = TimeSpan.FromHours(1);

    /// <summary>Ended sessions and grants stay this long for questions like "was that me?", unless the province decides otherwise.</summary>
    private static readonly TimeSpan HistoryMemory = TimeSpan.FromDays(30);

    /// <summary>The health of a connector looks back a day; hours are made of minutes within one more.</summary>
    private static readonly TimeSpan TallyMemory = TimeSpan.FromDays(2);

    /// <summary>Two years, to compare a month with the same one of the year before.</summary>
    private static readonly TimeSpan StatisticsMemory = TimeSpan.FromDays(800);

    /// <summary>Returns how many rows went. Stops at once when another node is at it.</summary>
    public async Task<int> RemoveAsync(CancellationToken ct)
    {
        var removed = 0;
        foreach (var remove in Removals(clock.GetUtcNow()))
        {
            int? step;
            do
            {
                step = await StorageLock.TryRunAsync(db, StorageLockName.ExpiredRows, () => remove(ct), ct);
                removed += step ?? 0;
            }
            while (step == Batch);
            if (step is null) return removed;
        }
        return removed;
    }

    private IEnumerable<Func<CancellationToken, Task<int>>> Removals(DateTimeOffset now)
    {
        var codes = now - CodeMemory;
        var guards = now - ClockError;
        var (history, kept) = (now - HistoryMemory, registry.Policies.Retention);
        var (visits, mails) = (now - (kept.History ?? HistoryMemory), now - (kept.Mail ?? HistoryMemory));
        var told = now - (kept.Failures ?? failures.Value.Retention);
        var devices = now - RecognisedDevices.Memory(registry.Policies);
        var parked = now - PendingAuthenticationStore.Memory;
        var (minutes, counted) = (SignInTally.MinuteOf(now - TallyMemory), now - (kept.Statistics ?? StatisticsMemory));
        var (day, month) = (StatisticHour.DayOf(counted), StatisticHour.DayOf(counted) / 100);
        return
        [
            ct => db.AuthorizationCodes.Where(c => c.ExpiresAt < codes).OrderBy(c => c.ExpiresAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => RemoveParkedAsync(parked, ct),
            ct => db.ReplayRecords.Where(r => r.ExpiresAt < guards).OrderBy(r => r.ExpiresAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.RevokedTokens.Where(t => t.ExpiresAt < guards).OrderBy(t => t.ExpiresAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.LoginThrottles.Where(t => t.WindowEndsAt < guards).OrderBy(t => t.WindowEndsAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.PasskeyChallenges.Where(c => c.ExpiresAt < guards).OrderBy(c => c.ExpiresAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.ParkedForms.Where(f => f.ExpiresAt < now).OrderBy(f => f.ExpiresAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.MailedCodes.Where(c => c.ExpiresAt < guards).OrderBy(c => c.ExpiresAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.PersonLookUps.Where(l => l.ExpiresAt < now).OrderBy(l => l.ExpiresAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.StaffUploads.Where(u => u.ExpiresAt < now).OrderBy(u => u.ExpiresAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.RepeatedRequests.Where(r => r.ExpiresAt < now).OrderBy(r => r.ExpiresAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.Invitations.Where(i => i.ExpiresAt < history).OrderBy(i => i.ExpiresAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.LogoutRequests.Where(l => l.ExpiresAt < now).OrderBy(l => l.ExpiresAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.LogoutDeliveries.Where(d => d.State != LogoutDeliveryState.Pending && d.CreatedAt < history).OrderBy(d => d.CreatedAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.Grants.Where(g => g.CreatedAt < visits && (g.RevokedAt < visits || g.RefreshIdleAt < visits || (g.RefreshExpiresAt ?? g.CreatedAt) < visits))
                .OrderBy(g => g.CreatedAt).Take(Batch).ExecuteDeleteAsync(ct),
            // The desk may undo within this time; the trail remembers that there was a case.
            ct => db.LinkConflicts.Where(c => c.ResolvedAt < history).OrderBy(c => c.ResolvedAt).Take(Batch).ExecuteDeleteAsync(ct),
            // A mail that is owed settles itself: as sent, given up or too late.
            ct => db.OutgoingMails.Where(m => m.State != MailState.Pending && m.CreatedAt < mails).OrderBy(m => m.CreatedAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.FailureRecords.Where(f => f.At < told).OrderBy(f => f.At).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.ContactProofs.Where(p => p.ExpiresAt < now).OrderBy(p => p.ExpiresAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.RecognisedDevices.Where(d => d.LastSeenAt < devices).OrderBy(d => d.LastSeenAt).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.TallyRows.Where(t => t.Minute < minutes).OrderBy(t => t.Minute).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.StatisticHours.Where(s => s.Hour < counted).OrderBy(s => s.Hour).Take(Batch).ExecuteDeleteAsync(ct),
            ct => db.StatisticSpans.Where(s => s.Day < month || (s.Day > StatisticSpan.LastMonth && s.Day < day)).OrderBy(s => s.Day).Take(Batch).ExecuteDeleteAsync(ct),
            ct => RemoveSessionsAsync(visits, ct),
        ];
    }

    /// <summary>A sign-in that was begun, and of which nobody heard any more, leaves its steps. Who only saw the first page has begun nothing: robots do.</summary>
    private async Task<int> RemoveParkedAsync(DateTimeOffset before, CancellationToken ct)
    {
        var gone = await db.PendingAuthentications.AsNoTracking().Where(p => p.ExpiresAt < before).OrderBy(p => p.ExpiresAt).Take(Batch)
            .Select(p => new { p.Id, p.ConcludedAt, p.Problem, p.Steps, p.ClientId, p.Connector, p.CreatedAt, p.ExpiresAt }).ToListAsync(ct);
        db.FailureRecords.AddRange(gone.Where(p => p is { ConcludedAt: null, Problem: null, Steps: not null }).Select(p => new FailureRecord
        {
            Ending = FailureEnding.Expired, ClientId = p.ClientId, Connector = p.Connector, StartedAt = p.CreatedAt, At = p.ExpiresAt, Steps = p.Steps!,
        }));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        var ids = gone.Select(p => p.Id).ToList();
        return await db.PendingAuthentications.Where(p => ids.Contains(p.Id)).ExecuteDeleteAsync(ct);
    }

    private async Task<int> RemoveSessionsAsync(DateTimeOffset history, CancellationToken ct)
    {
        var ids = await db.Sessions.Where(s => s.ExpiresAt < history).OrderBy(s => s.ExpiresAt).Select(s => s.Id).Take(Batch).ToListAsync(ct);
        if (ids.Count == 0) return 0;
        await db.SessionParticipants.Where(p => ids.Contains(p.SessionId)).ExecuteDeleteAsync(ct);
        await db.SessionCapacities.Where(c => ids.Contains(c.SessionId)).ExecuteDeleteAsync(ct);
        return await db.Sessions.Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync(ct);
    }
}
