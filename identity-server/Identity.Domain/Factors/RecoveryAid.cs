namespace Identity.Domain.Factors;

/// <summary>One administrator asks that a person may set up their second steps anew without the wait; another one decides (identity-model rule 13).</summary>
public sealed class RecoveryAid
{
    /// <summary>Nobody has decided by then: it lapses.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromHours(24);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }

    /// <summary>Number of the paper on which the person was recognised.</summary>
    public required string CaseNumber { get; init; }

    public Guid RequestedBy { get; init; }
    public DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public Guid? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public bool? Approved { get; private set; }
}
