namespace Identity.Domain.Organisations;

/// <summary>
/// A state agency or a unit of one. A merger ends it and names the successor; a new name, code or place in the tree leaves what was
/// before in an <see cref="OrgUnitVersion"/>, so that a paper of last year still names the unit of last year.
/// </summary>
public sealed class OrgUnit
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>Canonical <see cref="AgencyCode"/>; unique among the units of one moment.</summary>
    public required string Code { get; set; }

    public required string NameVi { get; set; }
    public required string NameEn { get; set; }
    public OrgUnitLevel Level { get; init; }
    public Guid? ParentId { get; set; }
    public DateTimeOffset ValidFrom { get; init; }
    public DateTimeOffset? ValidTo { get; set; }

    /// <summary>Since when it has today's name, code and place.</summary>
    public DateTimeOffset NamedSince { get; set; }

    /// <summary>Who took over its duties when it ended.</summary>
    public Guid? SuccessorId { get; set; }

    /// <summary>Codes of before, space-separated; people and systems go on using them for years.</summary>
    public string? FormerCodes { get; set; }

    /// <summary>When the people of an ended unit were given to its successor, or their standings ended.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    public bool IsAt(DateTimeOffset moment) => ValidFrom <= moment && (ValidTo is null || ValidTo > moment);
}

/// <summary>Two tiers since 1 July 2025: there is no district.</summary>
public enum OrgUnitLevel
{
    Province = 0,
    Department = 1,
    Commune = 2,

    /// <summary>A division, centre or school below one of the others.</summary>
    Attached = 3,
}
