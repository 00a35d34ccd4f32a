namespace Identity.Domain.Notices;

/// <summary>A browser in which a person has signed in before. The key is of one person and one browser: it does not tell who shares a machine.</summary>
public sealed class RecognisedDevice
{
    public required string Digest { get; init; }
    public Guid PersonId { get; init; }
    public DateTimeOffset FirstSeenAt { get; init; }
    public DateTimeOffset LastSeenAt { get; set; }
}
