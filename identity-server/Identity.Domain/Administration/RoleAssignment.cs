namespace Identity.Domain.Administration;

/// <summary>
/// A role in somebody's hands. Given to a person, or to an official mailbox whose human has not been here yet; the first sign-in with
/// that mailbox takes it up. Or to a service account, which asks at the management API. One that nobody gives alone is nobody's until a
/// second person has confirmed it.
/// </summary>
public sealed class RoleAssignment
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public AdminRole Role { get; init; }
    public RoleAssignmentKind Kind { get; init; }
    public Guid? PersonId { get; set; }

    /// <summary>Keyed digest of the address that it waits for.</summary>
    public string? MailDigest { get; init; }

    /// <summary>The same address, sealed, for the list of who has been asked.</summary>
    public string? SealedMail { get; init; }

    /// <summary>The client of a service account.</summary>
    public string? ClientId { get; init; }

    /// <summary>The agency whose tree it is for; null for the whole province.</summary>
    public Guid? UnitId { get; init; }

    /// <summary>As the trail names actors.</summary>
    public required string GivenBy { get; init; }

    public DateTimeOffset GivenAt { get; init; }
    public DateTimeOffset? ValidUntil { get; init; }
    public required string Reason { get; init; }

    /// <summary>The second person of a role that nobody gives alone.</summary>
    public string? ConfirmedBy { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }
    public string? EndedBy { get; private set; }

    /// <summary>Why the second person refused.</summary>
    public string? EndReason { get; private set; }

    /// <summary>It waits for a second person: nobody holds it, and no mailbox takes it up.</summary>
    public bool IsProposed => PersonId is null && MailDigest is null && ClientId is null;

    public bool IsLiveAt(DateTimeOffset now) => EndedAt is null && (ValidUntil is null || ValidUntil > now);
}

public enum RoleAssignmentKind
{
    Standing = 0,

    /// <summary>For hours, with a reason, by whoever may have it.</summary>
    Elevation = 1,

    /// <summary>In an emergency, by oneself; everybody who gives roles hears of it at once.</summary>
    BreakGlass = 2,
}
