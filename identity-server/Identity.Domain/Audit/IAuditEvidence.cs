using Identity.Protocols.Jose;

namespace Identity.Domain.Audit;

/// <summary>What a trail is proved with: the database, or a folder that was exported from it.</summary>
public interface IAuditEvidence
{
    /// <summary>Every key that may have signed.</summary>
    IReadOnlyList<JsonWebKey> Keys { get; }

    /// <summary>Number that the first block must have.</summary>
    long FirstBlock { get; }

    /// <summary>The block before the first of <see cref="BlocksAsync"/>, where it is known.</summary>
    AuditSeal? Before { get; }

    /// <summary>By number.</summary>
    IAsyncEnumerable<AuditSeal> BlocksAsync(CancellationToken ct);

    /// <summary>Every row from the first block on, by sequence; with those that no block covers.</summary>
    IAsyncEnumerable<AuditEvent> RowsAsync(CancellationToken ct);
}
