namespace Identity.Domain.Keys;

/// <summary>Somebody says that a private key is known to a stranger. Everybody has to sign in again when it is withdrawn, so a second person decides.</summary>
public sealed class KeyWithdrawal
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public required string Algorithm { get; init; }
    public Guid AskedById { get; init; }
    public DateTimeOffset AskedAt { get; init; }
    public required string Reason { get; init; }

    /// <summary>An emergency of yesterday is asked for again.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>As the trail names actors.</summary>
    public string? DecidedBy { get; private set; }

    public bool? Carried { get; private set; }
}
