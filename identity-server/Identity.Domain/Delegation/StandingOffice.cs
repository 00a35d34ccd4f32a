using Identity.Domain.Audit;
using Identity.Domain.Notices;
using Identity.Domain.Organisations;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Delegation;

/// <summary>Standings that come neither from a register nor from personnel records: employees by invitation, and what an operator writes for a pilot.</summary>
public sealed class StandingOffice(IdentityDb db, StandingEnds ends, NoticeBoard notices, AuditTrail trail, TimeProvider clock)
{
    /// <summary>Source of standings that an operator wrote.</summary>
    public const string Operator = "operator";

    /// <summary>In the caller's transaction when there is one.</summary>
    public async Task GiveAsync(Affiliation standing, string partyName, CancellationToken ct)
    {
        db.Affiliations.Add(standing);
        trail.Add("standing.given", personId: standing.PersonId, detail: $"{standing.Id} {standing.Kind} from {standing.Source}");
        await notices.TellAsync(standing.PersonId, NoticeKind.CapacityGiven, new() { About = standing.Id, Organisation = partyName }, ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Either side may end what both agreed to (identity-model rule 11): the employee, or an officer of the business. What a register says is ended there.</summary>
    public async Task<bool> EndAsync(Guid standingId, Guid byPerson, CancellationToken ct)
    {
        if (await db.Affiliations.AsNoTracking().SingleOrDefaultAsync(a => a.Id == standingId && a.Source == AffiliationSource.Invitation, ct) is not { } standing) return false;
        if (standing.PersonId != byPerson && !await IsOfficerAsync(byPerson, standing.OrganisationId, ct)) return false;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await ends.EndAsync(standingId, standing.PersonId == byPerson ? StandingEndReason.LaidDown : StandingEndReason.Withdrawn, ct)) return false;
        // The end itself stands with whoever had the standing.
        if (standing.PersonId != byPerson) trail.Add("standing.withdrawn", personId: byPerson, detail: standingId.ToString());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Whether the person may bind this business today.</summary>
    public async Task<bool> IsOfficerAsync(Guid personId, Guid? organisationId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return organisationId is not null && (await db.Affiliations.AsNoTracking().Where(a => a.PersonId == personId && a.OrganisationId == organisationId && a.EndedAt == null).ToListAsync(ct))
            .Exists(a => a.IsLiveAt(now) && MandateRules.MayGive(a));
    }
}
