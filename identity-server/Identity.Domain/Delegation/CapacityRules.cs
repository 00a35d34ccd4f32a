using Identity.Domain.Clients;
using Identity.Domain.Organisations;
using Identity.Domain.People;

namespace Identity.Domain.Delegation;

/// <summary>
/// Which capacities a person has at an application, as a pure function of today's rows. The same function judges the chooser, the
/// code, every refresh, UserInfo and introspection.
/// </summary>
public static class CapacityRules
{
    /// <summary>Accounting papers are kept for ten years (Law on Accounting, article 41): so long may the people of a dissolved business read.</summary>
    public static readonly TimeSpan ReadingPeriod = TimeSpan.FromDays(10 * 365);

    /// <param name="client">Null when no application asks: then its declaration refuses nothing.</param>
    public static CapacitySituation Judge(CapacityEvidence evidence, Client? client, DateTimeOffset now)
    {
        List<Capacity> usable = [];
        List<RefusedCapacity> unusable = [];
        foreach (var (capacity, own) in Candidates(evidence, now))
        {
            if ((own ?? Refusal(capacity, client, now)) is { } why) unusable.Add(new(capacity, why));
            else usable.Add(capacity with { IsReadOnly = capacity.Party.State == PartyState.Dissolved });
        }
        return new(usable, unusable);
    }

    /// <summary>A mandate as the rows above it allow it today; null when it is sound all the way up.</summary>
    public static CapacityRefusal? Judge(HeldMandate held, DateTimeOffset now)
    {
        if (RefusalOf(held.Mandate, now) is { } own) return own;
        if (held.Chain.Skip(1).Any(above => !above.IsLiveAt(now))) return CapacityRefusal.GrantorLost;
        if (held.Root is { } root && !root.IsLiveAt(now)) return CapacityRefusal.GrantorLost;
        if (held.Chain.Any(step => held.Statuses.GetValueOrDefault(step.GrantorId, PersonStatus.Suspended) != PersonStatus.Active)) return CapacityRefusal.GrantorLost;
        return IsSound(held) ? null : CapacityRefusal.GrantorLost;
    }

    private static IEnumerable<(Capacity Capacity, CapacityRefusal? Own)> Candidates(CapacityEvidence evidence, DateTimeOffset now)
    {
        yield return (Capacity.Self(evidence.PersonId), null);
        foreach (var held in evidence.Standings) yield return (Of(held), RefusalOf(held.Affiliation, now));
        foreach (var held in evidence.Mandates) yield return (Of(held), Judge(held, now));
    }

    /// <summary>What the party's state and the application's declaration say about a right that is sound in itself.</summary>
    private static CapacityRefusal? Refusal(Capacity capacity, Client? client, DateTimeOffset now)
    {
        if (capacity.Party.State == PartyState.Suspended) return CapacityRefusal.PartySuspended;
        // A mandate dies with who gave it; the standing of its own people outlives a business, for reading.
        if (capacity.Party.State == PartyState.Dissolved && (capacity.MandateId is not null || client is { AcceptsReadOnly: false }
            || (capacity.Party.EndedAt ?? DateTimeOffset.MinValue) + ReadingPeriod <= now)) return CapacityRefusal.Dissolved;
        if (client is null) return null;
        if (!client.Accepts(capacity.Kind)) return CapacityRefusal.KindNotAccepted;
        if (capacity.Services is { } services && !services.Contains(client.ClientId)) return CapacityRefusal.ServiceNotInMandate;
        return !capacity.IsSelf && capacity.Strength < client.MinimumRepresentation ? CapacityRefusal.StrengthTooLow : null;
    }

    private static CapacityRefusal? RefusalOf(Affiliation standing, DateTimeOffset now) =>
        standing.EndedAt is not null ? RefusalOfEnd(standing.EndReason)
        : standing.SuspendedAt is not null ? CapacityRefusal.Suspended
        : standing.ValidFrom > now ? CapacityRefusal.NotYetValid
        : standing.ValidTo <= now ? CapacityRefusal.Expired
        : standing.IsLiveAt(now) ? null : CapacityRefusal.NotConfirmed;

    private static CapacityRefusal? RefusalOf(Mandate mandate, DateTimeOffset now) =>
        mandate.EndedAt is not null ? RefusalOfEnd(mandate.EndReason)
        : mandate.SuspendedAt is not null ? CapacityRefusal.Suspended
        : mandate.AcceptedAt is null ? CapacityRefusal.NotConfirmed
        : mandate.ValidFrom > now ? CapacityRefusal.NotYetValid
        : mandate.ValidTo <= now ? CapacityRefusal.Expired
        : null;

    /// <summary>A last day that came is told apart: it can be renewed.</summary>
    private static CapacityRefusal RefusalOfEnd(string? reason) => reason == StandingEndReason.Expired ? CapacityRefusal.Expired : CapacityRefusal.Ended;

    private static bool IsSound(HeldMandate held)
    {
        if (held.Chain.Any(step => MandateRules.Check(step) is not null) || !MandateRules.IsWithoutRepetition(held.Chain)) return false;
        for (var i = 0; i + 1 < held.Chain.Count; i++)
            if (MandateRules.CheckStep(held.Chain[i + 1], held.Chain[i]) is not null) return false;
        return MandateRules.CheckRoot(held.Chain[^1], held.Root) is null;
    }

    private static Capacity Of(HeldStanding held) => new()
    {
        Id = Capacity.IdOf(held.Affiliation),
        Kind = held.Party.Kind == PartyKind.OrgUnit ? CapacityKind.Official : CapacityKind.Representative,
        Party = held.Party,
        Standing = held.Affiliation.Kind,
        Position = held.Affiliation.Position,
        Roles = MandateRules.Words(held.Affiliation.Roles),
        Source = held.Affiliation.Source,
        Strength = held.Affiliation.Strength,
        ValidUntil = held.Affiliation.ValidTo,
    };

    private static Capacity Of(HeldMandate held) => new()
    {
        Id = Capacity.IdOf(held.Mandate),
        Kind = CapacityKind.Helper,
        Party = held.Party,
        Roles = MandateRules.Words(held.Mandate.Roles),
        Source = "mandate",
        Strength = held.Mandate.Strength,
        ValidUntil = held.Chain.Select(step => step.ValidTo).Append(held.Root?.ValidTo ?? DateTimeOffset.MaxValue).Min(),
        MandateId = held.Mandate.Id,
        Services = held.Mandate.Services is { } services ? MandateRules.Words(services) : null,
        Parameters = MandateRules.ReadParameters(held.Mandate.Parameters) ?? new Dictionary<string, string>(),
    };
}
