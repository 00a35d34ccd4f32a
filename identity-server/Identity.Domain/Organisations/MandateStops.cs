using Identity.Domain.Audit;
using Identity.Domain.Delegation;
using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>A mandate ends with the right that it was given from, and so does every mandate below it (identity-model rule 10).</summary>
public sealed class MandateStops(IdentityDb db, CapacityVisits visits, StandingNotices notices, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Suspends what was given in the standing, and what its holder was given by the same party as one of its own people.</summary>
    public async Task StopAsync(Affiliation standing, string reason, CancellationToken ct)
    {
        var given = await db.Mandates.Where(m => m.GrantorAffiliationId == standing.Id).Select(m => m.Id).ToListAsync(ct);
        var received = await IsStillOneOfThemAsync(standing, ct) ? [] : await PartyOf(standing).Where(m => m.GranteeId == standing.PersonId).Select(m => m.Id).ToListAsync(ct);
        await StopWithChainsAsync([.. given.Union(received)], reason, ct);
    }

    /// <summary>Whoever gave it is gone; what they gave in somebody's name goes with them.</summary>
    public Task StopAsync(IReadOnlyCollection<Guid> given, string reason, CancellationToken ct) => StopWithChainsAsync([.. given], reason, ct);

    /// <summary>Nobody acts any more for an organisation that is dissolved or a unit that is no more.</summary>
    public async Task StopAllAsync(Guid? organisationId, Guid? unitId, string reason, CancellationToken ct) =>
        await StopWithChainsAsync(await db.Mandates.Where(m => organisationId != null ? m.OrganisationId == organisationId : m.OrgUnitId == unitId).Select(m => m.Id).ToListAsync(ct), reason, ct);

    private async Task StopWithChainsAsync(List<Guid> step, string reason, CancellationToken ct)
    {
        var (seen, stopped) = (new HashSet<Guid>(), new List<Guid>());
        while (step.Count > 0)
        {
            seen.UnionWith(step);
            foreach (var id in step)
                if (await StopAsync(id, reason, ct)) stopped.Add(id);
            step = [.. (await db.Mandates.Where(m => m.ParentId != null && step.Contains(m.ParentId.Value)).Select(m => m.Id).ToListAsync(ct)).Except(seen)];
        }
        await visits.EndAsync([.. stopped.Select(Capacity.IdOfMandate)], reason, ct);
    }

    private async Task<bool> StopAsync(Guid mandateId, string reason, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        if (await db.Mandates.Where(m => m.Id == mandateId && m.EndedAt == null && m.SuspendedAt == null).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.SuspendedAt, now).SetProperty(m => m.SuspendReason, reason), ct) == 0) return false;
        var mandate = await db.Mandates.AsNoTracking().SingleAsync(m => m.Id == mandateId, ct);
        audit.Add("mandate.suspended", reason, mandate.GranteeId, detail: $"{mandateId}");
        if (mandate.AcceptedAt is not null) await notices.TellAsync(mandate, NoticeKind.MandateEnded, ct);
        return true;
    }

    private IQueryable<Mandate> PartyOf(Affiliation standing) =>
        standing.OrganisationId is { } organisation ? db.Mandates.Where(m => m.OrganisationId == organisation) : db.Mandates.Where(m => m.OrgUnitId == standing.OrgUnitId);

    private Task<bool> IsStillOneOfThemAsync(Affiliation standing, CancellationToken ct) => db.Affiliations.AnyAsync(a =>
        a.PersonId == standing.PersonId && a.Id != standing.Id && a.EndedAt == null && a.SuspendedAt == null
        && a.OrganisationId == standing.OrganisationId && a.OrgUnitId == standing.OrgUnitId, ct);
}
