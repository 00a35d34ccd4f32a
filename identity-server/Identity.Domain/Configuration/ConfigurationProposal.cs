namespace Identity.Domain.Configuration;

/// <summary>A change that waits for a second person.</summary>
public sealed class ConfigurationProposal
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Kind { get; init; }
    public required string Name { get; init; }

    /// <summary>The version that it was made from. When another one stands, it is approved no more.</summary>
    public int BaseVersion { get; init; }

    /// <summary>As it will be stored; null to remove the item.</summary>
    public string? Document { get; init; }

    /// <summary>A connector's secrets, sealed, apart from the document as always.</summary>
    public string? SealedSecret { get; init; }

    public required string Reason { get; init; }

    /// <summary>As the trail names actors.</summary>
    public required string ProposedBy { get; init; }

    public DateTimeOffset ProposedAt { get; init; }
    public ProposalState State { get; private set; }
    public string? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? DecisionReason { get; private set; }

    public ItemKey Item => new(Kind, Name);
}

public enum ProposalState
{
    Open = 0,
    Applied = 1,
    Refused = 2,

    /// <summary>By whoever made it.</summary>
    Withdrawn = 3,
}
