using Identity.Domain.Organisations;
using Identity.Domain.People;

namespace Identity.Domain.Delegation;

/// <summary>The rows that <see cref="CapacityRules"/> decides on.</summary>
public sealed record CapacityEvidence(Guid PersonId, IReadOnlyList<HeldStanding> Standings, IReadOnlyList<HeldMandate> Mandates);

public sealed record HeldStanding(Affiliation Affiliation, Party Party);

/// <param name="Chain">From the mandate that is held up to the first one.</param>
/// <param name="Root">Standing that the first one was given from; null when it was given for the grantor themselves.</param>
/// <param name="Statuses">Of everybody who gave a step.</param>
public sealed record HeldMandate(IReadOnlyList<Mandate> Chain, Affiliation? Root, Party Party, IReadOnlyDictionary<Guid, PersonStatus> Statuses)
{
    public Mandate Mandate => Chain[0];
}

/// <summary>What a person may act as at one application now, and what not and why.</summary>
public sealed record CapacitySituation(IReadOnlyList<Capacity> Usable, IReadOnlyList<RefusedCapacity> Unusable)
{
    public Capacity? Find(string id) => Usable.FirstOrDefault(c => c.Id == id);
}
