using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Factors;

/// <summary>Decides whether a page that nobody asked for may be shown after a sign-in, and counts it.</summary>
public sealed class FactorReminders(IdentityDb db, PersonFactors factors, ClientRegistry registry, AuditTrail audit, TimeProvider clock)
{
    /// <summary>
    /// What may be suggested now, or null. Never on the first visit to an application: people came for something and are in a hurry
    /// (ux.md C17). A passkey only where it opens this application faster, codes only to whoever would be locked out by losing their only second factor.
    /// </summary>
    public async Task<ReminderKind?> DueAsync(Guid personId, Client client, CancellationToken ct)
    {
        var takesPasskeys = registry.ConnectorsFor(client).Any(c => c.Protocol == ConnectorProtocol.Passkey);
        var own = await factors.OfAsync(personId, ct);
        ReminderKind? kind = !own.Passkey && takesPasskeys ? ReminderKind.Passkey : own is { RecoveryCode: false, StrongLink: false } && own.All().Count() == 1 ? ReminderKind.SecondWay : null;
        if (kind is null || !await db.Grants.AnyAsync(g => g.PersonId == personId && g.ClientId == client.ClientId, ct)) return null;
        var rows = await db.FactorReminders.AsNoTracking().Where(r => r.PersonId == personId).ToListAsync(ct);
        var now = clock.GetUtcNow();
        // One suggestion at a time, whichever it is.
        if (rows.Any(r => r.LastShownAt + FactorReminder.Pause > now)) return null;
        return rows.Find(r => r.Kind == kind)?.IsDue(now) ?? true ? kind : null;
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
