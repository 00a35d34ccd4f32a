namespace Identity.Domain.Mail;

/// <summary>
/// One letter that is owed, and what became of it. Written with what it tells about; any node may deliver it. Recipient and values are
/// sealed, and gone as soon as nobody needs them any more.
/// </summary>
public sealed class OutgoingMail
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Name of a <see cref="MailTemplate"/>.</summary>
    public required string Template { get; init; }

    public MailUrgency Urgency { get; init; }

    /// <summary>Null when nobody knows what the person reads: then the letter says everything in both languages.</summary>
    public string? Language { get; init; }

    /// <summary>Empty once the mail is settled.</summary>
    public required string SealedRecipient { get; set; }

    /// <summary>What goes into the texts, as one JSON object. Empty once the mail is settled.</summary>
    public required string SealedValues { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>From here on it is not sent any more: a late code would only confuse.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    public MailState State { get; set; }
    public int Attempts { get; set; }

    /// <summary>Not before this; also how long a node's claim holds.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>When a node last took it, which is what the sending rate is counted by.</summary>
    public DateTimeOffset? AttemptedAt { get; set; }

    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>The relay's code or the kind of failure; never its sentence, which may quote the address.</summary>
    public string? LastResult { get; set; }
}

public enum MailState
{
    Pending = 0,

    /// <summary>The relay has taken it.</summary>
    Sent = 1,

    /// <summary>Refused for good, or every attempt was used up.</summary>
    Failed = 2,

    /// <summary>Its time passed before it could be sent.</summary>
    Expired = 3,
}
