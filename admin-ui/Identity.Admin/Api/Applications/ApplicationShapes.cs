using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Clients;

namespace Identity.Admin.Api;

public sealed record ApplicationListing(IReadOnlyList<ListedApplication> Applications);

/// <summary>A system that people sign in to. How it does stands in the documents of its clients, under <c>/configuration/items/client</c>.</summary>
public sealed record ShownApplication(Guid Id, Guid UnitId, LocalizedText Name, ApplicationKind Kind, ApplicationState State, string SandboxClientId, DateTimeOffset CreatedAt, string CreatedBy)
{
    /// <summary>Left out until the first time in production.</summary>
    public string? ProductionClientId { get; init; }
    public int? PeoplePerMonth { get; init; }
    public int? PeoplePerHour { get; init; }
    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>When an owner last answered that it is still in use. They answer on the screens.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>By when they have to again; left out outside production.</summary>
    public DateTimeOffset? ConfirmationDueAt { get; init; }

    public static ShownApplication Of(Application a) => new(a.Id, a.UnitId, a.Name, a.Kind, a.State, a.SandboxClientId, a.CreatedAt, a.CreatedBy)
    {
        ProductionClientId = a.ProductionClientId, PeoplePerMonth = a.PeoplePerMonth, PeoplePerHour = a.PeoplePerHour, TriedAt = a.TriedAt, ConfirmedAt = a.ConfirmedAt, ConfirmationDueAt = a.ConfirmationDueAt,
    };
}

/// <param name="Name">Of the person; of one who is expected, the address; of a service account, its client.</param>
/// <param name="HasLeft">Somebody has to take over.</param>
public sealed record ShownMember(Guid Id, MemberRole Role, string Name, bool IsWaiting, bool HasLeft, bool IsMachine)
{
    public static ShownMember Of(TeamMember member) => new(member.Id, member.Role, member.Name, member.IsWaiting, member.HasLeft, member.IsMachine);

    public override string ToString() => $"ShownMember({Id})";
}

public sealed record TeamListing(IReadOnlyList<ShownMember> Members);

/// <summary>An owner, by official mailbox: whoever hands an application over names nobody else.</summary>
public sealed record OwnerToName(string Mail)
{
    public override string ToString() => "OwnerToName";
}

public sealed record WaitingListing(IReadOnlyList<ShownWaiting> Requests);

public sealed record ShownWaiting(Guid ApplicationId, LocalizedText Name, DateTimeOffset RequestedAt, DateTimeOffset DueAt)
{
    public static ShownWaiting Of(WaitingRequest waiting) => new(waiting.ApplicationId, new(waiting.NameVi, waiting.NameEn), waiting.RequestedAt, waiting.DueAt);
}
