namespace Identity.Domain.Notices;

/// <summary>An e-mail address that the person has proved to be theirs, for messages about the account. A contact, never a key (identity-model.md, rule 1).</summary>
public sealed class Contact
{
    /// <summary>How long an address that was replaced still hears what happens: who takes over an account changes the address first.</summary>
    public static readonly TimeSpan NoticePeriod = TimeSpan.FromDays(90);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }
    public required string SealedAddress { get; init; }
    public DateTimeOffset VerifiedAt { get; init; }

    /// <summary>Set when another address took its place, or the person wants no mail there any more.</summary>
    public DateTimeOffset? ReplacedAt { get; set; }
}

/// <summary>An address that waits for its code. Bound to the session that asked (L8): a code typed anywhere else proves nothing.</summary>
public sealed class ContactProof
{
    public Guid SessionId { get; init; }
    public Guid PersonId { get; init; }
    public required string SealedAddress { get; init; }

    /// <summary>Keyed digest: six digits under a plain one are read off in a second.</summary>
    public required string CodeDigest { get; init; }

    public int Attempts { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
}
