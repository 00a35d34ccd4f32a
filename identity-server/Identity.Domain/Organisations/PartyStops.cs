using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>A business is dissolved or stands still: nobody acts for it, and the applications in which somebody did are told.</summary>
public sealed class PartyStops(IdentityDb db, MandateStops mandates, CapacityVisits visits, ClientRegistry registry)
{
    /// <summary>Its people keep their standings and read for the legal period, where the application heeds that. Nobody acts.</summary>
    public async Task DissolveAsync(Guid organisationId, CancellationToken ct)
    {
        await mandates.StopAllAsync(organisationId, unitId: null, StandingEndReason.OrganisationDissolved, ct);
        await visits.EndAsync(await StandingsAsync(organisationId, ct), Readers(), StandingEndReason.OrganisationDissolved, ct);
    }

    /// <summary>Until it is active again. Standings and mandates stay what they are; they are refused meanwhile.</summary>
    public async Task PauseAsync(Guid organisationId, CancellationToken ct)
    {
        var given = await db.Mandates.Where(m => m.OrganisationId == organisationId && m.EndedAt == null).Select(m => m.Id).ToListAsync(ct);
        await visits.EndAsync([.. await StandingsAsync(organisationId, ct), .. given.Select(Capacity.IdOfMandate)], StandingEndReason.OrganisationPaused, ct);
    }

    private async Task<List<string>> StandingsAsync(Guid organisationId, CancellationToken ct) =>
        [.. (await db.Affiliations.Where(a => a.OrganisationId == organisationId && a.EndedAt == null).Select(a => a.Id).ToListAsync(ct)).Select(Capacity.IdOfStanding)];

    private List<string> Readers() => [.. registry.Document.Clients.Where(c => c.AcceptsReadOnly).Select(c => c.ClientId)];
}
