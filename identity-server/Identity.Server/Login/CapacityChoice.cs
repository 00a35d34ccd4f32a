using Identity.Domain.Delegation;

namespace Identity.Server.Login;

/// <summary>What the application would like: a name of a capacity, or the party that an ID token of before named.</summary>
public sealed record CapacityWish(string? Named, Guid? Party)
{
    public bool IsMetBy(Capacity capacity) => (Party is null || capacity.Party.Id == Party) && (Named is null || Names(capacity).Contains(Named));

    private static IEnumerable<string?> Names(Capacity capacity) => [capacity.Id, capacity.Party.Code, capacity.MandateId?.ToString()];
}

/// <summary>What somebody may be at an application, and what they are there if nothing needs to be asked.</summary>
/// <param name="Settled">Null when the page must ask.</param>
public sealed record CapacityChoice(CapacitySituation Situation, Capacity? Settled)
{
    public bool HasSeveral => Situation.Usable.Count > 1;

    public static CapacityChoice Only(Capacity self) => new(new([self], []), self);

    /// <summary>
    /// Nobody is put into another role than they chose: a wish only decides whether the choice of before may be taken up in
    /// silence, and when that choice has been lost the page asks, even if one other way is left.
    /// </summary>
    /// <param name="answered">Chosen on the page of this request.</param>
    /// <param name="remembered">Chosen for this application earlier in this session.</param>
    /// <param name="isSwitching">The person wants to choose anew.</param>
    public static CapacityChoice Decide(CapacitySituation situation, CapacityWish wish, string? answered, string? remembered, bool isSwitching)
    {
        if (answered is not null) return new(situation, situation.Find(answered));
        if (isSwitching && situation.Usable.Count > 1) return new(situation, null);
        var silent = remembered is not null ? situation.Find(remembered) : situation.Usable is [var only] ? only : null;
        return new(situation, silent is not null && wish.IsMetBy(silent) ? silent : null);
    }
}
