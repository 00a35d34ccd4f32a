namespace Identity.Domain.Administration;

/// <summary>What a machine asked for under a key of its own, and what it was answered: asked again, it gets the same answer and nothing happens twice.</summary>
public sealed class RepeatedRequest
{
    /// <summary>Of the client and its key.</summary>
    public required string Digest { get; init; }

    /// <summary>Of method, address and body: the key belongs to this request and no other.</summary>
    public required string RequestDigest { get; init; }

    /// <summary>Null while the first one is still at it, or after it died without an answer.</summary>
    public int? Status { get; private set; }

    public string? Answer { get; private set; }
    public string? ContentType { get; private set; }
    public string? ETag { get; private set; }
    public string? Location { get; private set; }
    public DateTimeOffset ExpiresAt { get; init; }
}
