using Identity.Domain.Administration;

namespace Identity.Admin.Api;

/// <summary>A role in somebody's hands: of a person, of a mailbox that waits for its human, or of a service account.</summary>
public sealed record ShownRole(Guid Id, AdminRole Role, RoleAssignmentKind Kind, string Reason, string GivenBy, DateTimeOffset GivenAt)
{
    public string? PersonName { get; init; }
    public string? Mail { get; init; }
    public string? ClientId { get; init; }

    /// <summary>It waits for a second person; until then nobody holds it.</summary>
    public bool Waits { get; init; }
    public string? ConfirmedBy { get; init; }

    /// <summary>Left out for the whole province.</summary>
    public Guid? UnitId { get; init; }
    public DateTimeOffset? ValidUntil { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? EndedBy { get; init; }

    public static ShownRole Of(RoleEntry entry) => new(entry.Assignment.Id, entry.Assignment.Role, entry.Assignment.Kind, entry.Assignment.Reason, entry.Assignment.GivenBy, entry.Assignment.GivenAt)
    {
        PersonName = entry.PersonName, Mail = entry.Mail, ClientId = entry.Assignment.ClientId, UnitId = entry.Assignment.UnitId,
        Waits = entry.Assignment is { IsProposed: true, EndedAt: null }, ConfirmedBy = entry.Assignment.ConfirmedBy,
        ValidUntil = entry.Assignment.ValidUntil, EndedAt = entry.Assignment.EndedAt, EndedBy = entry.Assignment.EndedBy,
    };

    public override string ToString() => $"ShownRole({Id})";
}

public sealed record RoleListing(IReadOnlyList<ShownRole> Roles);

/// <param name="Waits">For a second person; until then nobody holds it.</param>
public sealed record GivenRole(Guid Id, bool Waits);

/// <param name="Mail">An official mailbox. Whoever is known to hold it gets the role now, otherwise it waits for them.</param>
public sealed record RoleToGive(AdminRole Role, string Mail, string Reason, Guid? UnitId = null, DateTimeOffset? ValidUntil = null)
{
    public override string ToString() => $"RoleToGive({Role})";
}
