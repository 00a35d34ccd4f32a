using Identity.Domain.Clients;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Delegation;

/// <summary>
/// Reads the rows behind capacities and has them judged. Asked only where somebody may act for somebody else: citizen-only
/// applications never come here.
/// </summary>
public sealed class CapacityDirectory(IdentityDb db, PersonDirectory people, TimeProvider clock)
{
    /// <summary>What ended this recently is still named, with its reason, so that nobody wonders where it went.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    /// <summary>Everything the person has or lately had, as the application may take it.</summary>
    public async Task<CapacitySituation> SituationAsync(Guid personId, Client? client, CancellationToken ct) =>
        CapacityRules.Judge(await EvidenceAsync(personId, ct), client, clock.GetUtcNow());

    /// <summary>The rows behind it, read once for whoever judges many applications by them.</summary>
    public async Task<CapacityEvidence> EvidenceAsync(Guid personId, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Remembered;
        var standings = await db.Affiliations.AsNoTracking().Where(a => a.PersonId == personId && (a.EndedAt == null || a.EndedAt > since)).ToListAsync(ct);
        var mandates = await db.Mandates.AsNoTracking().Where(m => m.GranteeId == personId && (m.EndedAt == null || m.EndedAt > since) && m.ValidTo > since).ToListAsync(ct);
        return await GatherAsync(personId, standings, mandates, ct);
    }

    /// <summary>One capacity as it is today at this client; null when it is none any more, never was, or is somebody else's.</summary>
    public async Task<Capacity?> FindUsableAsync(Guid personId, string capacityId, Client? client, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (capacityId == Capacity.SelfId) return CapacityRules.Judge(new(personId, [], []), client, now).Find(capacityId);
        var (standing, mandate) = Capacity.Parse(capacityId);
        var standings = standing is null ? [] : await db.Affiliations.AsNoTracking().Where(a => a.Id == standing && a.PersonId == personId).ToListAsync(ct);
        var mandates = mandate is null ? [] : await db.Mandates.AsNoTracking().Where(m => m.Id == mandate && m.GranteeId == personId).ToListAsync(ct);
        return CapacityRules.Judge(await GatherAsync(personId, standings, mandates, ct), client, now).Find(capacityId);
    }

    /// <summary>The mandate with everything it hangs on; null when it does not exist.</summary>
    public async Task<HeldMandate?> FindMandateAsync(Guid mandateId, CancellationToken ct)
    {
        var mandates = await db.Mandates.AsNoTracking().Where(m => m.Id == mandateId).ToListAsync(ct);
        return mandates is [var one] ? (await GatherAsync(one.GranteeId, [], mandates, ct)).Mandates[0] : null;
    }

    /// <summary>Legal names and codes of what mandates and standings speak of.</summary>
    public async Task<IReadOnlyDictionary<Guid, Party>> PartiesAsync(IReadOnlyCollection<Affiliation> standings, IReadOnlyCollection<Mandate> mandates, CancellationToken ct)
    {
        var parties = new Dictionary<Guid, Party>();
        var organisations = standings.Select(a => a.OrganisationId).Concat(mandates.Select(m => m.OrganisationId)).OfType<Guid>().Distinct().ToList();
        if (organisations.Count > 0)
            foreach (var row in await db.Organisations.AsNoTracking().Where(o => organisations.Contains(o.Id)).ToListAsync(ct)) parties[row.Id] = Of(row);
        var units = standings.Select(a => a.OrgUnitId).Concat(mandates.Select(m => m.OrgUnitId)).OfType<Guid>().Distinct().ToList();
        if (units.Count > 0)
            foreach (var row in await db.OrgUnits.AsNoTracking().Where(u => units.Contains(u.Id)).ToListAsync(ct)) parties[row.Id] = Of(row);
        foreach (var person in mandates.Select(m => m.RepresentedPersonId).OfType<Guid>().Distinct()) parties[person] = await OfAsync(person, ct);
        return parties;
    }

    private async Task<CapacityEvidence> GatherAsync(Guid personId, List<Affiliation> standings, List<Mandate> mandates, CancellationToken ct)
    {
        var chains = await ChainsAsync(mandates, ct);
        var parties = await PartiesAsync(standings, mandates, ct);
        var rootIds = chains.Select(c => c[^1].GrantorAffiliationId).OfType<Guid>().Distinct().ToList();
        var roots = rootIds.Count == 0 ? [] : await db.Affiliations.AsNoTracking().Where(a => rootIds.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        var grantors = chains.SelectMany(c => c.Select(m => m.GrantorId)).Distinct().ToList();
        var statuses = grantors.Count == 0 ? [] : await db.People.Where(p => grantors.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Status, ct);
        return new(
            personId,
            [.. standings.Select(a => new HeldStanding(a, parties[PartyOf(a)]))],
            [.. chains.Select(c => new HeldMandate(c, c[^1].GrantorAffiliationId is { } root ? roots.GetValueOrDefault(root) : null, parties[PartyOf(c[0])], statuses))]);
    }

    /// <summary>From each mandate up to its first; bounded, so that rows which should not exist cannot keep a request going.</summary>
    private async Task<List<Mandate[]>> ChainsAsync(List<Mandate> mandates, CancellationToken ct)
    {
        var known = mandates.ToDictionary(m => m.Id);
        for (var step = 0; step <= MandateRules.MaximumFurtherSteps; step++)
        {
            var missing = known.Values.Select(m => m.ParentId).OfType<Guid>().Where(id => !known.ContainsKey(id)).Distinct().ToList();
            if (missing.Count == 0) break;
            foreach (var parent in await db.Mandates.AsNoTracking().Where(m => missing.Contains(m.Id)).ToListAsync(ct)) known.Add(parent.Id, parent);
        }
        return [.. mandates.Select(leaf => Chain(leaf, known))];
    }

    private static Mandate[] Chain(Mandate leaf, Dictionary<Guid, Mandate> known)
    {
        List<Mandate> chain = [leaf];
        while (chain.Count <= MandateRules.MaximumFurtherSteps + 1 && chain[^1].ParentId is { } parent && known.TryGetValue(parent, out var above)) chain.Add(above);
        return [.. chain];
    }

    private static Guid PartyOf(Affiliation standing) => standing.OrganisationId ?? standing.OrgUnitId!.Value;

    private static Guid PartyOf(Mandate mandate) => mandate.OrganisationId ?? mandate.OrgUnitId ?? mandate.RepresentedPersonId!.Value;

    private static Party Of(Organisation row) => new(PartyKind.Organisation, row.Id)
    {
        Name = row.Name,
        ForeignName = row.ForeignName,
        Code = row.TaxCode,
        EnterpriseCode = row.EnterpriseCode,
        EndedAt = row.DissolvedAt,
        State = row.State switch
        {
            OrganisationState.Active => PartyState.Live,
            OrganisationState.Suspended => PartyState.Suspended,
            _ => PartyState.Dissolved,
        },
    };

    /// <summary>A unit that was merged away has handed over its duties: nobody acts for it any more.</summary>
    private Party Of(OrgUnit row) => new(PartyKind.OrgUnit, row.Id)
    {
        Name = row.NameVi,
        ForeignName = row.NameEn,
        Code = row.Code,
        FormerCodes = MandateRules.Words(row.FormerCodes),
        EndedAt = row.ValidTo,
        State = row.ValidTo <= clock.GetUtcNow() ? PartyState.Suspended : PartyState.Live,
    };

    private async Task<Party> OfAsync(Guid personId, CancellationToken ct) => new(PartyKind.Person, personId)
    {
        Name = (await people.AttributesAsync(personId, ct)).GetValueOrDefault(AttributeNames.Name, ""),
        State = await people.StatusAsync(personId, ct) == PersonStatus.Active ? PartyState.Live : PartyState.Suspended,
    };
}
