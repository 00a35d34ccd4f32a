namespace Identity.Domain.Administration;

/// <summary>What somebody had typed when their sign-in was over, or a part of it. It waits sealed until they are back, for them alone.</summary>
public sealed class ParkedForm
{
    /// <summary>Of the reference that the browser carries through the sign-in, and of the number of the part.</summary>
    public required string Digest { get; init; }

    /// <summary>Whose it is: the person of the visit that had ended.</summary>
    public Guid PersonId { get; init; }

    public required string SealedFields { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
}
