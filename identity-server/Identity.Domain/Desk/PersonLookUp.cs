namespace Identity.Domain.Desk;

/// <summary>
/// Somebody at a desk has opened one person's record, for a reason that the person can read. Every page about a person and every deed to
/// one goes through such a row: it opens for its own actor, for half an hour, and the address of a page never names the person.
/// </summary>
public sealed class PersonLookUp
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary><see cref="Administration.AdminActor.Holder"/>: the administrator as a person, or a service account.</summary>
    public Guid ActorId { get; init; }

    public Guid PersonId { get; init; }
    public LookUpReason Reason { get; init; }
    public string? CaseNumber { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Why a record is opened. A list and not a text: the person reads it in their language, and nobody types another person's story into it.</summary>
public enum LookUpReason
{
    /// <summary>They asked for help, here or by telephone.</summary>
    AskedForHelp = 0,

    /// <summary>Two records claim one human.</summary>
    RecordsConflict = 1,
    SecurityIncident = 2,

    /// <summary>A complaint or a request about their data.</summary>
    Complaint = 3,

    /// <summary>A written order of an authority that may give one.</summary>
    AuthorityOrder = 4,

    /// <summary>Their post in an agency.</summary>
    StaffMatter = 5,
}

/// <summary>By what a person may be found. Each names one human or hardly more; nothing here can be leafed through.</summary>
public enum LookUpKey
{
    PersonalNumber = 0,

    /// <summary>The last four digits and the year of birth, for people who carry no card.</summary>
    NumberEnding = 1,
    OfficialMail = 2,

    /// <summary>The code that a page showed them.</summary>
    FailureCode = 3,
    LocalAccount = 4,
}
