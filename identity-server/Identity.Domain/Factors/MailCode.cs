namespace Identity.Domain.Factors;

/// <summary>The one code that is on its way to a person's mailbox.</summary>
public sealed class MailCode
{
    public Guid PersonId { get; init; }

    /// <summary>Keyed, for six digits are no secret to whoever may count to a million.</summary>
    public required string Digest { get; init; }

    public int Attempts { get; init; }
    public DateTimeOffset SentAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; init; }
}
