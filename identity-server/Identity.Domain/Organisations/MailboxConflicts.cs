using Identity.Domain.Audit;
using Identity.Domain.Notices;

namespace Identity.Domain.Organisations;

/// <summary>The number of a post is one human's and its mailbox another's: neither acts in it until the agency has said who is meant, and both hear of it.</summary>
public sealed class MailboxConflicts(StandingEnds ends, NoticeBoard notices, AuditTrail audit)
{
    /// <summary>Once per case: while the post is suspended, further sign-ins add nothing. The caller saves.</summary>
    /// <param name="comer">Came in by the mailbox, through <paramref name="connector"/>.</param>
    public async Task FreezeAsync(StaffRecord record, Guid comer, string connector, CancellationToken ct)
    {
        if (record is not { AffiliationId: { } standing, PersonId: { } owner } || !await ends.SuspendAsync(standing, StandingEndReason.MailboxConflict, ct)) return;
        foreach (var side in (Guid[])[owner, comer])
        {
            audit.Add("staff.refused", StandingEndReason.MailboxConflict, side, detail: $"{record.Source} {record.StaffNumber}");
            await notices.TellAsync(side, NoticeKind.ConflictFrozen, new() { Connector = connector }, ct);
        }
    }
}
