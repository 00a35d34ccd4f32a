using Identity.Domain.Applications;
using Identity.Domain.Organisations;

namespace Identity.Domain.Administration;

/// <summary>At a visit: whatever waited for an official mailbox of this person becomes theirs.</summary>
public sealed class Arrivals(RoleBook roles, ApplicationTeam teams, OfficialMailboxes mailboxes)
{
    public async Task TakeUpAsync(Guid personId, CancellationToken ct)
    {
        var mails = await mailboxes.OfPersonAsync(personId, ct);
        await roles.TakeUpAsync(personId, mails, ct);
        await teams.TakeUpAsync(personId, mails, ct);
    }
}
