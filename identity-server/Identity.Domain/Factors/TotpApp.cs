namespace Identity.Domain.Factors;

/// <summary>An authenticator app that a person has set up.</summary>
public sealed class TotpApp
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }
    public required string Name { get; set; }

    /// <summary>Sealed for this row alone.</summary>
    public required string SealedSecret { get; init; }

    /// <summary>The last time step that a code was accepted for; only a later one will be (RFC 6238 §5.2).</summary>
    public long LastStep { get; init; }

    public DateTimeOffset AddedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
}
