using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>Tells people what was given to them or ended, at all their addresses (identity-model rule 12). In the transaction of the event.</summary>
public sealed class StandingNotices(IdentityDb db, NoticeBoard notices)
{
    public async Task TellAsync(Affiliation standing, NoticeKind kind, CancellationToken ct) =>
        await notices.TellAsync(standing.PersonId, kind, new() { About = standing.Id, Organisation = await NameAsync(standing.OrganisationId, standing.OrgUnitId, ct) }, ct);

    public async Task TellAsync(Delegation.Mandate mandate, NoticeKind kind, CancellationToken ct)
    {
        var name = await NameAsync(mandate.OrganisationId, mandate.OrgUnitId, ct);
        foreach (var side in new[] { mandate.GrantorId, mandate.GranteeId }.Distinct()) await notices.TellAsync(side, kind, new() { About = mandate.Id, Organisation = name }, ct);
    }

    /// <summary>Null for a mandate between two humans: a name is not for a letter to somebody else.</summary>
    private async Task<string?> NameAsync(Guid? organisationId, Guid? unitId, CancellationToken ct) =>
        organisationId is { } organisation ? await db.Organisations.Where(o => o.Id == organisation).Select(o => o.Name).SingleAsync(ct)
        : unitId is { } unit ? await db.OrgUnits.Where(u => u.Id == unit).Select(u => u.NameVi).SingleAsync(ct)
        : null;
}
