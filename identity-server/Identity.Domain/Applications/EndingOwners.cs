using Identity.Domain.Administration;
using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>Whom a letter about an end goes to: the owners of the application; for connectors, keys and clients that no application stands behind, whoever keeps those in order in the whole province.</summary>
public sealed class EndingOwners(IdentityDb db, KnownContacts contacts, MemberMails mails, RoleBook roles, TimeProvider clock)
{
    public async Task<IReadOnlyList<EndingOwner>> OfAsync(Ending ending, CancellationToken ct)
    {
        var application = !ending.IsOfClient ? null
            : await db.Applications.AsNoTracking().SingleOrDefaultAsync(a => a.SandboxClientId == ending.Name || a.ProductionClientId == ending.Name, ct);
        if (application is null) return await KeepersAsync(ending.Kind == EndingKind.SigningKey ? Permission.RotateKeys : Permission.OperateConnectors, ct);
        var since = clock.GetUtcNow() - ApplicationTeam.InvitationLifetime;
        var members = await db.ApplicationMembers.AsNoTracking().Where(m => m.ApplicationId == application.Id && m.Role == MemberRole.Owner && m.EndedAt == null && (m.PersonId != null || m.AddedAt > since)).ToListAsync(ct);
        return [.. members.Select(m => new EndingOwner(m.Id, m.PersonId, m.PersonId is null ? mails.Open(m) : null))];
    }

    /// <summary>Null when nobody knows one.</summary>
    public async Task<string?> AddressOfAsync(EndingOwner owner, CancellationToken ct) =>
        owner.PersonId is not { } person ? owner.Mail is { Length: > 0 } ? owner.Mail : null : await contacts.AddressesAsync(person, ct) is [var first, ..] ? first : null;

    /// <summary>Only those who hold the role for good: an elevation is over before the next date.</summary>
    private async Task<IReadOnlyList<EndingOwner>> KeepersAsync(Permission permission, CancellationToken ct)
    {
        var (now, fitting) = (clock.GetUtcNow(), Enum.GetValues<AdminRole>().Where(r => AdminRoles.PermissionsOf(r).Contains(permission)).ToList());
        var held = await db.RoleAssignments.AsNoTracking().Where(r => fitting.Contains(r.Role) && r.Kind == RoleAssignmentKind.Standing && r.UnitId == null && r.ClientId == null
            && r.EndedAt == null && (r.ValidUntil == null || r.ValidUntil > now)).OrderBy(r => r.Id).ToListAsync(ct);
        // By person, so that a second role is no second letter.
        return [.. held.Select(r => new EndingOwner(r.PersonId ?? r.Id, r.PersonId, r.PersonId is null ? roles.MailOf(r) : null)).DistinctBy(o => o.Id)];
    }
}

/// <param name="Id">What the marks of their letters are kept under: the membership, or the person who holds a role.</param>
public sealed record EndingOwner(Guid Id, Guid? PersonId, string? Mail);
