using Identity.Domain.Audit;
using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.People;

/// <summary>
/// A person who wants to leave has a week to think again. Afterwards doors, credentials, answers and contacts go; what stays is what makes
/// the same human the same subject to every application when they return with the same proofed e-ID.
/// </summary>
public sealed class Leaving(IdentityDb db, AuditTrail audit, NoticeBoard notices, TimeProvider clock)
{
    public static readonly TimeSpan Pause = TimeSpan.FromDays(7);
    private const int Batch = 100;

    // Found again by the number, recognised by the birth date.
    private static readonly string[] Kept = [AttributeNames.PersonalNumber, AttributeNames.BirthDate];

    /// <summary>Starts the week; asking again changes nothing. The caller ends the sessions and commits.</summary>
    public async Task<DateTimeOffset> AskAsync(Guid personId, CancellationToken ct)
    {
        var person = await db.People.SingleAsync(p => p.Id == personId, ct);
        if (person.ClosesAt is { } already) return already;
        person.ClosesAt = clock.GetUtcNow() + Pause;
        await RevokeGrantsAsync(personId, ct);
        await notices.TellAsync(personId, NoticeKind.AccountClosing, NoticeFacts.None, ct);
        audit.Add("person.closing", personId: personId, detail: $"at={person.ClosesAt:O}");
        return person.ClosesAt.Value;
    }

    /// <summary>Whoever signs in within the week stays. The caller commits.</summary>
    public async Task StayAsync(Guid personId, CancellationToken ct)
    {
        if (await db.People.Where(p => p.Id == personId && p.ClosesAt != null && p.Status == PersonStatus.Active)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.ClosesAt, (DateTimeOffset?)null), ct) == 1) audit.Add("person.stayed", personId: personId);
    }

    /// <summary>Closes whose week is over; returns how many. Nothing when another node is at it.</summary>
    public async Task<int> CloseDueAsync(CancellationToken ct) =>
        await StorageLock.TryRunAsync(db, StorageLockName.Leaving, () => CloseBatchAsync(ct), ct) ?? 0;

    private async Task<int> CloseBatchAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await db.People.Where(p => p.ClosesAt <= now && p.Status == PersonStatus.Active).OrderBy(p => p.ClosesAt).Select(p => p.Id).Take(Batch).ToListAsync(ct);
        var closed = 0;
        foreach (var personId in due) closed += await CloseAsync(personId, now, ct) ? 1 : 0;
        return closed;
    }

    private async Task<bool> CloseAsync(Guid personId, DateTimeOffset now, CancellationToken ct)
    {
        // A sign-in in this very moment wins or loses this row, never half.
        if (await db.People.Where(p => p.Id == personId && p.ClosesAt <= now && p.Status == PersonStatus.Active).ExecuteUpdateAsync(set => set
                .SetProperty(p => p.Status, PersonStatus.Closed).SetProperty(p => p.ClosesAt, (DateTimeOffset?)null), ct) == 0) return false;
        DateTimeOffset? ended = now;
        // The last letter; afterwards nobody knows where to.
        await notices.TellAsync(personId, NoticeKind.AccountClosed, NoticeFacts.None, ct);
        await db.SaveChangesAsync(ct);
        await RevokeGrantsAsync(personId, ct);
        await db.Consents.Where(c => c.PersonId == personId && c.WithdrawnAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.WithdrawnAt, ended), ct);
        var doors = await db.LinkedIdentities.Where(l => l.PersonId == personId).ExecuteDeleteAsync(ct);
        await db.PersonAttributes.Where(a => a.PersonId == personId && !Kept.Contains(a.Name)).ExecuteDeleteAsync(ct);
        await db.Users.Where(u => u.Id == personId).ExecuteDeleteAsync(ct);
        await db.OwnPasskeys.Where(k => k.PersonId == personId).ExecuteDeleteAsync(ct);
        await db.TotpApps.Where(a => a.PersonId == personId).ExecuteDeleteAsync(ct);
        await db.RecoveryCodes.Where(c => c.PersonId == personId).ExecuteDeleteAsync(ct);
        await db.RecoveryRequests.Where(r => r.PersonId == personId).ExecuteDeleteAsync(ct);
        await db.Contacts.Where(c => c.PersonId == personId).ExecuteDeleteAsync(ct);
        await db.RecognisedDevices.Where(d => d.PersonId == personId).ExecuteDeleteAsync(ct);
        audit.Add("person.closed", personId: personId, detail: $"doors={doors}");
        await db.SaveChangesAsync(ct);
        return true;
    }

    private Task<int> RevokeGrantsAsync(Guid personId, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return db.Grants.Where(g => g.PersonId == personId && g.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.RevokedAt, now).SetProperty(g => g.RevokedReason, "person_left"), ct);
    }
}
