namespace Identity.Domain.Delegation;

/// <summary>Whom an act is ascribed to: what <c>sub</c> names.</summary>
public sealed record Party(PartyKind Kind, Guid Id)
{
    /// <summary>Legal name of an organisation or unit; a represented person's name when it was asked for, else empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Name for readers of English; null where there is none.</summary>
    public string? ForeignName { get; init; }

    /// <summary>Tax code or agency code; null for a person, whose number is nobody's business here.</summary>
    public string? Code { get; init; }

    public string? EnterpriseCode { get; init; }

    /// <summary>Codes a unit had before mergers, for applications that still file under them.</summary>
    public IReadOnlyList<string> FormerCodes { get; init; } = [];

    public PartyState State { get; init; }

    /// <summary>When a dissolved business ended; its people may read for the legal period after that.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public override string ToString() => $"{Kind} {Id}";
}

public enum PartyKind
{
    Person,
    Organisation,
    OrgUnit,
}

public enum PartyState
{
    Live,

    /// <summary>The register has paused the business, or the represented person's account is not active.</summary>
    Suspended,
    Dissolved,
}
