namespace Identity.Domain.Organisations;

/// <summary>
/// One post as a personnel list names it. Until its human signs in it waits here: a list knows numbers and mailboxes, never which
/// person of ours they belong to.
/// </summary>
public sealed class StaffRecord
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>The list: <see cref="AffiliationSource.HumanResources"/>, or that with a name of its own when a province keeps several.</summary>
    public required string Source { get; init; }

    public required string StaffNumber { get; init; }
    public Guid UnitId { get; set; }
    public string? Position { get; set; }

    /// <summary>Sealed; shown to operators in lists of who is meant.</summary>
    public required string SealedName { get; set; }

    public string? SealedMail { get; set; }

    /// <summary>Keyed, as people's numbers are found.</summary>
    public string? NumberDigest { get; set; }

    public string? MailDigest { get; set; }

    /// <summary>The directory's own id of the mailbox, from its first sign-in on; with <see cref="MailSubject"/> the key that outlives a new address.</summary>
    public string? MailIssuer { get; set; }

    public string? MailSubject { get; set; }
    public DateTimeOffset ValidFrom { get; set; }
    public DateTimeOffset? ValidTo { get; set; }
    public StaffState State { get; set; }

    /// <summary>Whose post it is, once somebody has proved it.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>The standing that this record gives now.</summary>
    public Guid? AffiliationId { get; set; }

    /// <summary>When leaving froze doors; coming back thaws those and no other.</summary>
    public DateTimeOffset? DoorsFrozenAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ChangedAt { get; set; }
}

public enum StaffState
{
    Active = 0,

    /// <summary>Still employed and not to act: leave without pay, an inquiry.</summary>
    Suspended = 1,
    Left = 2,
}
