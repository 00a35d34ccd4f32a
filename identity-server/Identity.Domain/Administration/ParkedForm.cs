namespace Identity.Domain.Administration;

/// <summary>What somebody had typed when their sign-in was over. It waits sealed until they are back, for them alone.</summary>
public sealed class ParkedForm
{
    /// <summary>Of the reference that the browser carries through the sign-in.</summary>
    public required string Digest { get; init; }

    /// <summary>Whose it is: the person of the visit that had ended.</summary>
    public Guid PersonId { get; init; }

    public required string SealedFields { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
}
