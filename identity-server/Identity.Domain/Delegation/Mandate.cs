using Identity.Domain.Organisations;

namespace Identity.Domain.Delegation;

/// <summary>
/// The right to act for somebody, given by somebody who had it. Each step of a chain is narrower than the one above and ends with it
/// (identity-model rule 10).
/// </summary>
public sealed class Mandate
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>Who gives the right; acts through <see cref="GrantorAffiliationId"/> or <see cref="ParentId"/>, or for themselves.</summary>
    public Guid GrantorId { get; init; }

    public Guid GranteeId { get; init; }

    /// <summary>The represented party: exactly one of the three.</summary>
    public Guid? RepresentedPersonId { get; init; }

    public Guid? OrganisationId { get; init; }
    public Guid? OrgUnitId { get; init; }

    public Guid? GrantorAffiliationId { get; init; }
    public Guid? ParentId { get; init; }

    /// <summary>Client ids it is good for, space-separated; null for every service that accepts the party's representatives.</summary>
    public string? Services { get; init; }

    public string? Roles { get; init; }

    /// <summary>Limits in the words of the services, a JSON object of texts (for example a dossier number or an amount).</summary>
    public string? Parameters { get; init; }

    /// <summary>How many further steps the grantee may give; 0 ends the chain here.</summary>
    public int FurtherSteps { get; init; }

    public RepresentationStrength Strength { get; init; }

    /// <summary>Number of the paper behind it, or how it was given; shown to both sides.</summary>
    public string? Evidence { get; init; }

    public DateTimeOffset ValidFrom { get; init; }
    public DateTimeOffset ValidTo { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The grantee has said yes; before that it gives nothing.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? FirstUsedAt { get; set; }
    public DateTimeOffset? SuspendedAt { get; set; }
    public string? SuspendReason { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndReason { get; set; }

    public bool IsLiveAt(DateTimeOffset now) =>
        EndedAt is null && SuspendedAt is null && AcceptedAt is not null && ValidFrom <= now && ValidTo > now;
}
