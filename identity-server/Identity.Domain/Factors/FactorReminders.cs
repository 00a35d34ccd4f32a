using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Factors;

/// <summary>Decides whether a page that nobody asked for may be shown after a sign-in, and counts it.</summary>
public sealed class FactorReminders(IdentityDb db, PersonFactors factors, AuditTrail audit, TimeProvider clock)
{
    /// <summary>
    /// What may be suggested now, or null. Never on the first visit to an application: people came for something and are in a hurry
    /// (ux.md C17).
    /// </summary>
    public async Task<ReminderKind?> DueAsync(Guid personId, string? clientId, CancellationToken ct)
    {
        if (clientId is null || !await db.Grants.AnyAsync(g => g.PersonId == personId && g.ClientId == clientId, ct)) return null;
        var rows = await db.FactorReminders.AsNoTracking().Where(r => r.PersonId == personId).ToListAsync(ct);
        // One suggestion at a time, whichever it is.
        var now = clock.GetUtcNow();
        if (rows.Any(r => r.LastShownAt + FactorReminder.Pause > now)) return null;
        var own = await factors.OfAsync(personId, ct);
        var kind = !own.Passkey ? ReminderKind.Passkey : await factors.CountWaysInAsync(personId, ct) < 2 && !own.RecoveryCode ? ReminderKind.SecondWay : (ReminderKind?)null;
        return kind is { } due && (rows.Find(r => r.Kind == due)?.IsDue(now) ?? true) ? due : null;
    }

    /// <summary>Counted when it is shown, not when it is answered: who closes the window has seen it.</summary>
    public async Task CountAsync(Guid personId, ReminderKind kind, CancellationToken ct)
    {
        var row = await FindAsync(personId, kind, ct);
        row.Shown++;
        row.LastShownAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
    }

    /// <summary>What the page that has just been counted is about.</summary>
    public async Task<ReminderKind?> LastShownAsync(Guid personId, CancellationToken ct) =>
        await db.FactorReminders.Where(r => r.PersonId == personId).OrderByDescending(r => r.LastShownAt).Select(r => (ReminderKind?)r.Kind).FirstOrDefaultAsync(ct);

    public async Task DeclineAsync(Guid personId, ReminderKind kind, CancellationToken ct)
    {
        (await FindAsync(personId, kind, ct)).Declined = true;
        audit.Add("reminder.declined", kind.ToString(), personId);
        await db.SaveChangesAsync(ct);
    }

    private async Task<FactorReminder> FindAsync(Guid personId, ReminderKind kind, CancellationToken ct)
    {
        if (await db.FactorReminders.SingleOrDefaultAsync(r => r.PersonId == personId && r.Kind == kind, ct) is { } row) return row;
        row = new FactorReminder { PersonId = personId, Kind = kind };
        db.FactorReminders.Add(row);
        return row;
    }
}
