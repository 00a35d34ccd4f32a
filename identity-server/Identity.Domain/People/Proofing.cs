using Identity.Protocols.Federation;

namespace Identity.Domain.People;

/// <summary>Who proved that this human is who they say, how strongly and when. Immutable: a later proofing is a new row.</summary>
public sealed class Proofing
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }
    public ProofingLevel Level { get; init; }

    /// <summary>Connector through which the proof came.</summary>
    public required string Source { get; init; }

    public DateTimeOffset ProvedAt { get; init; }
}
