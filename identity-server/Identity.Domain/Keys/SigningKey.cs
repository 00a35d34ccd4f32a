namespace Identity.Domain.Keys;

/// <summary>A signing key and its timetable. Published from creation, signs from <see cref="ActivatesAt"/>, stays published until <see cref="RemovedAt"/>.</summary>
public sealed class SigningKey
{
    public required string KeyId { get; init; }
    public required string Algorithm { get; init; }

    /// <summary>PKCS#8, sealed by data protection.</summary>
    public required string SealedPrivateKey { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ActivatesAt { get; init; }

    /// <summary>The successor's activation: from here the key only verifies.</summary>
    public DateTimeOffset? RetiresAt { get; set; }

    public DateTimeOffset? RemovedAt { get; set; }
}
