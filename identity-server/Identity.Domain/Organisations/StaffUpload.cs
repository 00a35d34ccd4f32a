namespace Identity.Domain.Organisations;

/// <summary>A personnel list between its preview and its import: sealed, for the one who sent it, and no longer than a form waits for its owner to sign in again.</summary>
public sealed class StaffUpload
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Some ten thousand people; longer lists go through the command.</summary>
    public const int LargestFile = 2_000_000;

    internal const int LongestSealed = 4_000_000;

    public Guid Id { get; init; } = Guid.NewGuid();
    public Guid ActorId { get; init; }

    /// <summary>The list that it is a reading of.</summary>
    public required string Source { get; init; }

    public bool OnlyChanges { get; init; }
    public string SealedFile { get; set; } = "";
    public DateTimeOffset ExpiresAt { get; init; }
}
