namespace Identity.Domain.Applications;

/// <summary>Somebody who works on an application. Named by the person, by an official mailbox whose human has not been here yet, or, for a machine at the management API, by its client.</summary>
public sealed class ApplicationMember
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public Guid ApplicationId { get; init; }
    public MemberRole Role { get; init; }
    public Guid? PersonId { get; set; }

    /// <summary>A service account. It answers for nothing, so that it is never one of the two owners that an application needs.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>Keyed digest of the address that it waits for.</summary>
    public string? MailDigest { get; init; }

    /// <summary>The same address, sealed: for the list of the team, and for letters.</summary>
    public string? SealedMail { get; init; }

    public DateTimeOffset AddedAt { get; init; }

    /// <summary>As the trail names actors.</summary>
    public required string AddedBy { get; init; }

    public DateTimeOffset? EndedAt { get; set; }
    public string? EndedBy { get; set; }
}

/// <summary>Order matters: a smaller one may do everything that a greater one may.</summary>
public enum MemberRole
{
    /// <summary>Answers for the application: the team, requests, production.</summary>
    Owner = 0,

    /// <summary>Changes how the sandbox signs in, and its secrets.</summary>
    Developer = 1,

    /// <summary>Tries it out.</summary>
    Tester = 2,
    Viewer = 3,
}
