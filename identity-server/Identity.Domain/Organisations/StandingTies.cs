using Identity.Domain.Delegation;
using Identity.Domain.Notices;

namespace Identity.Domain.Organisations;

/// <summary>Everything that hangs on a standing: the mandates given in it, what applications were granted in it, the official mailbox. Its holder is told.</summary>
public sealed class StandingTies(MandateStops mandates, CapacityVisits visits, OfficialDoor door, StandingNotices notices)
{
    /// <summary>In the transaction of the standing's end or suspension.</summary>
    /// <param name="keepsMailbox">The person goes on in another post and by the same mailbox.</param>
    public async Task CutAsync(Affiliation standing, string reason, bool keepsMailbox, CancellationToken ct)
    {
        await mandates.StopAsync(standing, reason, ct);
        await visits.EndAsync([Capacity.IdOf(standing)], reason, ct);
        await notices.TellAsync(standing, NoticeKind.CapacityEnded, ct);
        if (standing.OrgUnitId is not null) await door.CloseAsync(standing, reason, keepsMailbox, ct);
    }

    /// <summary>Only the mailbox comes back by itself. Mandates stay suspended: who gave them was away, and gives them again.</summary>
    public Task RestoreAsync(Affiliation standing, CancellationToken ct) => door.ThawAsync(standing, ct);
}
