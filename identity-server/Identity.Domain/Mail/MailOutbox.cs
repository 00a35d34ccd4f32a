using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Mail;

/// <summary>
/// Hands out what is due. One node at a time takes a batch; a claim that is not settled in time is due again, so a node that dies loses
/// nothing. The rate holds for all nodes together: a relay counts the province, not our machines.
/// </summary>
public sealed class MailOutbox(IdentityDb db, TimeProvider clock)
{
    private static readonly TimeSpan RateWindow = TimeSpan.FromMinutes(1);

    /// <summary>Mails that the caller, and nobody else, may send until the claim ends. Codes go before notices, older before newer.</summary>
    public async Task<IReadOnlyList<Guid>> TakeAsync(int atMost, int perMinute, TimeSpan claim, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await Due(now).AnyAsync(ct) ? await ClaimAsync(Due, atMost, perMinute, now, claim, ct) : [];
    }

    /// <summary>Mails whose time has passed. All that is left to do where no relay is configured.</summary>
    public async Task<IReadOnlyList<Guid>> TakeExpiredAsync(int atMost, TimeSpan claim, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await Over(now).AnyAsync(ct) ? await ClaimAsync(Over, atMost, int.MaxValue, now, claim, ct) : [];

        IQueryable<OutgoingMail> Over(DateTimeOffset at) => Due(at).Where(m => m.ExpiresAt <= at);
    }

    private IQueryable<OutgoingMail> Due(DateTimeOffset now) => db.OutgoingMails.Where(m => m.State == MailState.Pending && m.NextAttemptAt <= now);

    private async Task<IReadOnlyList<Guid>> ClaimAsync(Func<DateTimeOffset, IQueryable<OutgoingMail>> due, int atMost, int perMinute, DateTimeOffset now, TimeSpan claim, CancellationToken ct)
    {
        List<Guid> taken = [];
        await StorageLock.TryRunAsync(db, StorageLockName.OutgoingMail, async () =>
        {
            var since = now - RateWindow;
            var left = perMinute == int.MaxValue ? atMost : Math.Min(atMost, perMinute - await db.OutgoingMails.CountAsync(m => m.AttemptedAt > since, ct));
            if (left <= 0) return 0;
            taken = await due(now).OrderBy(m => m.Urgency).ThenBy(m => m.NextAttemptAt).Select(m => m.Id).Take(left).ToListAsync(ct);
            var until = now + claim;
            return await db.OutgoingMails.Where(m => taken.Contains(m.Id)).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.NextAttemptAt, until).SetProperty(m => m.AttemptedAt, (DateTimeOffset?)now).SetProperty(m => m.Attempts, m => m.Attempts + 1), ct);
        }, ct);
        return taken;
    }
}
