namespace Identity.Domain.Audit;

/// <summary>
/// A block of the chain that proves the trail: what stood in <c>audit_events</c> from one sequence to another when it was sealed.
/// Blocks lie without a gap, so a row that turns up between two sealed ones is seen as well. What is signed is <see cref="Statement"/>;
/// the other columns repeat it for queries.
/// </summary>
public sealed class AuditSeal
{
    public long Number { get; init; }
    public long FirstSequence { get; init; }
    public long LastSequence { get; init; }
    public int RowCount { get; init; }
    public DateTimeOffset SealedAt { get; init; }

    /// <summary>Compact JWS of an <see cref="AuditStatement"/>: any JOSE library can judge it.</summary>
    public required string Statement { get; init; }

    /// <summary>Sequence and leaf hash of every row (<see cref="AuditLeaves"/>), to name the one that is not as it was. Goes with its rows.</summary>
    public byte[]? Leaves { get; set; }

    /// <summary>When retention took the rows; the block stays, so that the chain goes on.</summary>
    public DateTimeOffset? RowsRemovedAt { get; set; }
}

/// <summary>A key that signs blocks, or did. The public half stays for ever: blocks of a retired key must still verify.</summary>
public sealed class AuditSealKey
{
    /// <summary>RFC 7638 thumbprint: the fingerprint that an operator pins.</summary>
    public required string KeyId { get; init; }

    /// <summary>JWK.</summary>
    public required string PublicKey { get; init; }

    /// <summary>PKCS#8, sealed by data protection; null once retired.</summary>
    public string? SealedPrivateKey { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RetiredAt { get; set; }
}
