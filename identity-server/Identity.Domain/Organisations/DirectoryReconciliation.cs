using Identity.Domain.Audit;
using Identity.Domain.Linking;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Organisations;

/// <summary>
/// Holds the mail directory against the links that were made through it. A mailbox that is disabled or gone closes the official door and
/// suspends the posts bound to it; one that is back opens what its absence closed and nothing else. A mailbox that lives gives nothing:
/// who is employed says the personnel list.
/// </summary>
public sealed class DirectoryReconciliation(IdentityDb db, StandingEnds ends, OfficialDoor door, AuditTrail audit, IOptions<StaffOptions> options, TimeProvider clock)
{
    /// <param name="connectors">The directory's own connector and those that take its ids.</param>
    /// <param name="mailboxes">Every id of the directory, and whether it is disabled. Only a list that came whole.</param>
    public async Task<DirectoryVerdict> ReconcileAsync(IReadOnlyCollection<string> connectors, IReadOnlyDictionary<string, bool> mailboxes, bool allowMany, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var links = await db.LinkedIdentities.AsNoTracking().Where(l => connectors.Contains(l.Connector)).ToListAsync(ct);
        var absences = await db.DirectoryAbsences.ToDictionaryAsync(a => a.LinkId, ct);
        var away = links.Where(l => !mailboxes.TryGetValue(l.Subject, out var disabled) || disabled).ToList();
        // A directory that was emptied by mistake, or a search base that was mistyped, must not put the house on the street.
        var fresh = away.Count(l => !absences.ContainsKey(l.Id));
        if (!allowMany && fresh * 100 > links.Count * options.Value.LargestLeaverShare)
        {
            audit.Add("directory.refused", "too_many_leavers", connector: connectors.First(), detail: $"{fresh} of {links.Count}");
            await db.SaveChangesAsync(ct);
            return new DirectoryVerdict(mailboxes.Count, Closed: 0, Returned: 0, IsRefused: true);
        }
        var closed = 0;
        foreach (var link in away) closed += await MissAsync(link, absences.GetValueOrDefault(link.Id), isDisabled: mailboxes.ContainsKey(link.Subject), ct) ? 1 : 0;
        var back = links.Except(away).Where(l => absences.ContainsKey(l.Id)).ToList();
        foreach (var link in back) await ReturnAsync(link, absences[link.Id], ct);
        return new DirectoryVerdict(mailboxes.Count, closed, back.Count, IsRefused: false);
    }

    private async Task<bool> MissAsync(LinkedIdentity link, DirectoryAbsence? known, bool isDisabled, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (known is null) db.DirectoryAbsences.Add(known = new() { LinkId = link.Id, Since = now });
        known.IsDisabled = isDisabled;
        var isDue = known.ClosedAt is null && known.Since + (isDisabled ? options.Value.DisabledGrace : options.Value.VanishedGrace) <= now;
        if (isDue) known.ClosedAt = await CloseAsync(link, isDisabled ? StandingEndReason.DirectoryDisabled : StandingEndReason.DirectoryVanished, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return isDue;
    }

    private async Task<DateTimeOffset> CloseAsync(LinkedIdentity link, string reason, CancellationToken ct)
    {
        var frozenAt = await door.CloseMailboxAsync(link, reason, ct);
        foreach (var standing in await PostsOfAsync(link, ct)) await ends.SuspendAsync(standing, reason, ct);
        return frozenAt;
    }

    private async Task ReturnAsync(LinkedIdentity link, DirectoryAbsence absence, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (absence.ClosedAt is { } closedAt)
        {
            if (await db.LinkedIdentities.Where(l => l.Id == link.Id && l.FrozenAt == closedAt).ExecuteUpdateAsync(set => set.SetProperty(l => l.FrozenAt, (DateTimeOffset?)null), ct) > 0)
                audit.Add("identity.thawed", "directory_returned", link.PersonId, connector: link.Connector);
            foreach (var standing in await PostsOfAsync(link, ct))
                foreach (var reason in (string[])[StandingEndReason.DirectoryDisabled, StandingEndReason.DirectoryVanished]) await ends.ResumeAsync(standing, reason, ct);
        }
        db.DirectoryAbsences.Remove(absence);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private Task<List<Guid>> PostsOfAsync(LinkedIdentity link, CancellationToken ct) => db.StaffRecords
        .Where(r => r.MailIssuer == link.Issuer && r.MailSubject == link.Subject && r.PersonId == link.PersonId && r.AffiliationId != null).Select(r => r.AffiliationId!.Value).ToListAsync(ct);
}

/// <param name="Closed">Doors closed now.</param>
/// <param name="Returned">Mailboxes that are back.</param>
/// <param name="IsRefused">More would have gone at once than <see cref="StaffOptions.LargestLeaverShare"/> allows; nothing was done.</param>
public sealed record DirectoryVerdict(int Mailboxes, int Closed, int Returned, bool IsRefused);
