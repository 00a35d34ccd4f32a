namespace Identity.Domain.Organisations;

/// <summary>
/// A person's standing in an organisation or a state unit: where it comes from, how strong it is, from when to when. Ending or
/// suspending it touches nothing else of the person.
/// </summary>
public sealed class Affiliation
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }

    /// <summary>Exactly one of the two is set.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>A merger carries the standing over to the successor; a person who changes units gets a new standing.</summary>
    public Guid? OrgUnitId { get; set; }

    public AffiliationKind Kind { get; init; }
    public RepresentationStrength Strength { get; set; }

    /// <summary>Position or title in the source's words.</summary>
    public string? Position { get; set; }

    /// <summary>Role names for applications, space-separated.</summary>
    public string? Roles { get; set; }

    /// <summary>Register connector, <c>hr</c>, <c>invitation</c>, or the official-mail connector.</summary>
    public required string Source { get; init; }

    /// <summary>Key of this standing at its source (staff number, register entry), so that the next reading finds it again.</summary>
    public string? SourceKey { get; init; }

    public DateTimeOffset ValidFrom { get; set; }
    public DateTimeOffset? ValidTo { get; set; }

    /// <summary>Consent of the two sides where the source is neither register nor HR (identity-model rule 11).</summary>
    public DateTimeOffset? ConfirmedByPersonAt { get; set; }

    public DateTimeOffset? ConfirmedByOrganisationAt { get; set; }

    public DateTimeOffset? SuspendedAt { get; set; }
    public string? SuspendReason { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndReason { get; set; }

    /// <summary>Last sign-in in this standing; what the list of 45 idle days is made from.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>When an administrator last looked at it and said that it is right; the list of six months is made from it.</summary>
    public DateTimeOffset? ReviewedAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public bool IsLiveAt(DateTimeOffset now) =>
        EndedAt is null && SuspendedAt is null && ValidFrom <= now && (ValidTo is null || ValidTo > now)
        && (Source != AffiliationSource.Invitation || (ConfirmedByPersonAt is not null && ConfirmedByOrganisationAt is not null));
}

public static class AffiliationSource
{
    public const string HumanResources = "hr";
    public const string Invitation = "invitation";
}

public enum AffiliationKind
{
    /// <summary>Legal representative in the business register.</summary>
    LegalRepresentative = 0,
    Owner = 1,

    /// <summary>Entered in the register without being an officer.</summary>
    Representative = 2,
    Employee = 3,

    /// <summary>Civil servant or public employee of a state unit.</summary>
    Official = 4,
}

/// <summary>The fourth axis of assurance: how well the right to act for somebody is proved. Order matters: higher is stronger.</summary>
public enum RepresentationStrength
{
    None = 0,

    /// <summary>Nothing but a mailbox at the agency's domain.</summary>
    MailDomain = 1,

    /// <summary>The agency's or the company's own administrator said so.</summary>
    ConfirmedByAdministrator = 2,

    /// <summary>The register names them, not as an officer.</summary>
    AppointedInRegister = 3,
    RegisteredOfficer = 4,
}
