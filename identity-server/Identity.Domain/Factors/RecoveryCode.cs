namespace Identity.Domain.Factors;

/// <summary>One of the codes that a person keeps on paper.</summary>
public sealed class RecoveryCode
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }

    /// <summary>Keyed: see <see cref="RecoveryCodes"/>.</summary>
    public required string Digest { get; init; }

    public DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset? UsedAt { get; init; }
}
