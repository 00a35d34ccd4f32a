using Identity.Domain.Clients;

namespace Identity.Domain.Applications;

/// <summary>
/// A system that people sign in to, as its owners and the province know it. It belongs to a unit, never to a person; how it signs people
/// in stands in the documents of its clients and nowhere else.
/// </summary>
public sealed class Application
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>Another one after a merger or an end of the unit.</summary>
    public Guid UnitId { get; set; }

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

    /// <summary>Whom to call when something is wrong, as an owner last said; null until production, and where only the request for production says it.</summary>
    public string? Contact { get; set; }

    /// <summary>When an owner last answered that it is still in use, with the right owners and the right contact.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>As the trail names actors.</summary>
    public string? ConfirmedBy { get; set; }

    /// <summary>By when that has to be answered again. Null outside production, and while production is switched off. Nothing stops when it is over.</summary>
    public DateTimeOffset? ConfirmationDueAt { get; set; }

    /// <summary>The change of the configuration by which it is to be switched off, when an owner answered that it is not in use any more.</summary>
    public Guid? ClosingProposalId { get; set; }

    /// <summary>When somebody made-up was last signed in to it by the try-it page.</summary>
    public DateTimeOffset? TriedAt { get; set; }

    public LocalizedText Name => new(NameVi, NameEn);

    /// <summary>From the first reminder on: whoever answers sooner would be asked again about what they have just said.</summary>
    public bool IsToBeConfirmed(DateTimeOffset now) => ConfirmationDueAt is { } due && due <= now.AddDays(ExpiryRadar.FirstReminder);
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
