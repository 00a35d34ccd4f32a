using Identity.Domain.Clients;

namespace Identity.Domain.Applications;

/// <summary>
/// A system that people sign in to, as its owners and the province know it. It belongs to a unit, never to a person; how it signs people
/// in stands in the documents of its clients and nowhere else.
/// </summary>
public sealed class Application
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public Guid UnitId { get; init; }
    public required string NameVi { get; set; }
    public required string NameEn { get; set; }
    public ApplicationKind Kind { get; init; }
    public ApplicationState State { get; set; }

    /// <summary>Opaque, and never another one: applications keep identifiers of people under it.</summary>
    public required string SandboxClientId { get; init; }

    /// <summary>Null until the first time in production.</summary>
    public string? ProductionClientId { get; set; }

    public int? PeoplePerMonth { get; set; }

    /// <summary>In the busiest hour of the year.</summary>
    public int? PeoplePerHour { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>When somebody made-up was last signed in to it by the try-it page.</summary>
    public DateTimeOffset? TriedAt { get; set; }

    public LocalizedText Name => new(NameVi, NameEn);
}

/// <summary>What somebody chooses who does not know grant types; the protocol's settings follow from it.</summary>
public enum ApplicationKind
{
    ServerWeb = 0,
    SinglePage = 1,
    Mobile = 2,
    Machine = 3,
}

public enum ApplicationState
{
    Sandbox = 0,

    /// <summary>A request for production waits for its reviewer.</summary>
    InReview = 1,

    /// <summary>One press of a button away from production.</summary>
    Approved = 2,
    Live = 3,
}
