using Identity.Protocols.Federation;

namespace Identity.Domain.Linking;

/// <summary>May this person do without this door? A pure function of what they would be left with (rule 8).</summary>
public static class DoorRemoval
{
    public static DoorRemovalVerdict Judge(DoorRemovalEvidence evidence)
    {
        var door = evidence.Door;
        // The desk may need it as evidence, and a thief may not make it disappear.
        if (door.Frozen) return DoorRemovalVerdict.No(DoorRemovalObstacle.Frozen);
        var rest = evidence.Doors.Where(d => d.Id != door.Id && d.Opens).ToList();
        if (rest.Count == 0) return DoorRemovalVerdict.No(DoorRemovalObstacle.LastWayIn);
        List<string> stranded = [.. evidence.Services.Where(s => s.Accepts(door) && !rest.Exists(s.Accepts)).Select(s => s.ClientId)];
        if (stranded.Count > 0) return new(DoorRemovalObstacle.NeededByService, stranded);
        // Who lost everything else proves themselves again through the door that proved them best.
        return door.Proofing > ProofingLevel.SelfAsserted && rest.TrueForAll(d => d.Proofing < door.Proofing)
            ? DoorRemovalVerdict.No(DoorRemovalObstacle.LastRecoveryRoute)
            : DoorRemovalVerdict.Yes;
    }
}

/// <param name="Id">Of the link; empty for what stands for the person without one, such as a password of our own.</param>
/// <param name="Proofing">What this door proves about the human.</param>
/// <param name="Usable">Its connector is switched on.</param>
public sealed record DoorFacts(Guid Id, string Connector, ProofingLevel Proofing, bool Usable, bool Frozen)
{
    public bool Opens => Usable && !Frozen;
}

/// <summary>A service that the person is connected with, and what it asks of a sign-in.</summary>
public sealed record ServiceNeed(string ClientId, IReadOnlyCollection<string> Connectors, ProofingLevel MinimumProofing)
{
    public bool Accepts(DoorFacts door) => Connectors.Contains(door.Connector) && door.Proofing >= MinimumProofing;
}

/// <param name="Doors">Every door of the person, the one to be removed among them.</param>
public sealed record DoorRemovalEvidence(DoorFacts Door, IReadOnlyList<DoorFacts> Doors, IReadOnlyList<ServiceNeed> Services);

/// <param name="Services">Clients that only this door serves, for <see cref="DoorRemovalObstacle.NeededByService"/>.</param>
public sealed record DoorRemovalVerdict(DoorRemovalObstacle? Obstacle, IReadOnlyList<string> Services)
{
    public static readonly DoorRemovalVerdict Yes = new(null, []);

    public static DoorRemovalVerdict No(DoorRemovalObstacle obstacle) => new(obstacle, []);
}

public enum DoorRemovalObstacle
{
    LastWayIn,
    NeededByService,
    LastRecoveryRoute,

    /// <summary>Disputed: with the desk.</summary>
    Frozen,
}
