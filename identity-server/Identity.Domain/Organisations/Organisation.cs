namespace Identity.Domain.Organisations;

/// <summary>A business or another body of the register. Public register data, never a human: people act for it through an <see cref="Affiliation"/> or a mandate.</summary>
public sealed class Organisation
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>Canonical <see cref="Organisations.TaxCode"/>; a branch carries its parent's code and three digits of its own.</summary>
    public required string TaxCode { get; init; }

    /// <summary>The body that a branch belongs to.</summary>
    public Guid? ParentId { get; init; }

    public string? EnterpriseCode { get; set; }
    public required string Name { get; set; }
    public string? ForeignName { get; set; }
    public OrganisationState State { get; set; }

    /// <summary>When the register dissolved it. Its people may still read for the legal period, and act no more.</summary>
    public DateTimeOffset? DissolvedAt { get; set; }

    /// <summary>Connector of the register that vouches for this row.</summary>
    public required string Source { get; set; }

    /// <summary>When the register was last asked and answered.</summary>
    public DateTimeOffset RefreshedAt { get; set; }

    /// <summary>Not asked about before then. Whoever moves this on in one conditional statement is the one that asks; who dies on the way leaves it to the next.</summary>
    public DateTimeOffset AskNotBefore { get; set; }

    /// <summary>The register has called that something changed, and has not been asked since.</summary>
    public DateTimeOffset? StaleSince { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

public enum OrganisationState
{
    Active = 0,

    /// <summary>The register has paused it; nobody acts for it until it is active again.</summary>
    Suspended = 1,

    /// <summary>Read-only for the legal period.</summary>
    Dissolved = 2,
}
