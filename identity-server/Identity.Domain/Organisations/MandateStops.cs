using Identity.Domain.Audit;
using Identity.Domain.Delegation;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>A mandate ends with the right that it was given from, and so does every mandate below it (identity-model rule 10).</summary>
public sealed class MandateStops(IdentityDb db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Suspends what was given in the standing, and what its holder was given by the same party as one of its own people.</summary>
    public async Task StopAsync(Affiliation standing, string reason, CancellationToken ct)
    {
        var given = await db.Mandates.Where(m => m.GrantorAffiliationId == standing.Id).Select(m => m.Id).ToListAsync(ct);
        var received = await IsStillOneOfThemAsync(standing, ct) ? [] : await PartyOf(standing).Where(m => m.GranteeId == standing.PersonId).Select(m => m.Id).ToListAsync(ct);
        await StopWithChainsAsync([.. given.Union(received)], reason, ct);
    }

    /// <summary>Nobody acts any more for an organisation that is dissolved or a unit that is no more.</summary>
    public async Task StopAllAsync(Guid? organisationId, Guid? unitId, string reason, CancellationToken ct) =>
        await StopWithChainsAsync(await db.Mandates.Where(m => organisationId != null ? m.OrganisationId == organisationId : m.OrgUnitId == unitId).Select(m => m.Id).ToListAsync(ct), reason, ct);

    private async Task StopWithChainsAsync(List<Guid> step, string reason, CancellationToken ct)
    {
        var seen = new HashSet<Guid>();
        while (step.Count > 0)
        {
            seen.UnionWith(step);
            foreach (var id in step) await StopAsync(id, reason, ct);
            step = [.. (await db.Mandates.Where(m => m.ParentId != null && step.Contains(m.ParentId.Value)).Select(m => m.Id).ToListAsync(ct)).Except(seen)];
        }
    }

    private async Task StopAsync(Guid mandateId, string reason, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        if (await db.Mandates.Where(m => m.Id == mandateId && m.EndedAt == null && m.SuspendedAt == null).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.SuspendedAt, now).SetProperty(m => m.SuspendReason, reason), ct) == 0) return;
        var grantee = await db.Mandates.Where(m => m.Id == mandateId).Select(m => m.GranteeId).SingleAsync(ct);
        audit.Add("mandate.suspended", reason, grantee, detail: $"{mandateId}");
    }

    private IQueryable<Mandate> PartyOf(Affiliation standing) =>
        standing.OrganisationId is { } organisation ? db.Mandates.Where(m => m.OrganisationId == organisation) : db.Mandates.Where(m => m.OrgUnitId == standing.OrgUnitId);

    private Task<bool> IsStillOneOfThemAsync(Affiliation standing, CancellationToken ct) => db.Affiliations.AnyAsync(a =>
        a.PersonId == standing.PersonId && a.Id != standing.Id && a.EndedAt == null && a.SuspendedAt == null
        && a.OrganisationId == standing.OrganisationId && a.OrgUnitId == standing.OrgUnitId, ct);
}
