namespace Identity.Domain.Grants;

/// <summary>A one-time value that has been seen (client assertion id, upstream state, …). The primary key is the verdict.</summary>
public sealed class ReplayRecord
{
    /// <summary>Digest over purpose, issuer and value, so that one kind can never stand in for another.</summary>
    public required string Digest { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
