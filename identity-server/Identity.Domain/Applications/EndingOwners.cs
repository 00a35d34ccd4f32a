using Identity.Domain.Administration;
using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>Whom a letter about an end goes to: the owners of the application; for connectors, keys and clients that no application stands behind, whoever keeps those in order in the whole province.</summary>
public sealed class EndingOwners(IdentityDb db, KnownContacts contacts, MemberMails mails, RoleBook roles, TimeProvider clock)
{
    /// <summary>By <see cref="Ending.Subject"/>.</summary>
    public async Task<ILookup<string, EndingOwner>> OfAsync(IReadOnlyList<Ending> endings, CancellationToken ct)
    {
        var byClient = await OfClientsAsync([.. endings.Where(e => e.IsOfClient).Select(e => e.Name).Distinct()], ct);
        var keepers = new Dictionary<Permission, IReadOnlyList<EndingOwner>>();
        var found = new List<(string Subject, EndingOwner Owner)>();
        foreach (var ending in endings)
        {
            if (!byClient.TryGetValue(ending.Name, out var owners) || !ending.IsOfClient)
            {
                var permission = ending.Kind == EndingKind.SigningKey ? Permission.RotateKeys : Permission.OperateConnectors;
                if (!keepers.TryGetValue(permission, out owners!)) keepers.Add(permission, owners = await KeepersAsync(permission, ct));
            }
            found.AddRange(owners.Select(owner => (ending.Subject, owner)));
        }
        return found.ToLookup(f => f.Subject, f => f.Owner);
    }

    /// <summary>Whoever has left no address gets it at the mailbox by which they were invited. Null when nobody knows one.</summary>
    public async Task<string?> AddressOfAsync(EndingOwner owner, CancellationToken ct) =>
        owner.PersonId is { } person && await contacts.AddressesAsync(person, ct) is [var first, ..] ? first : owner.Mail is { Length: > 0 } ? owner.Mail : null;

    /// <summary>Owners of the applications behind these clients; a client without one is not among them.</summary>
    private async Task<Dictionary<string, IReadOnlyList<EndingOwner>>> OfClientsAsync(string[] clients, CancellationToken ct)
    {
        var applications = await db.Applications.AsNoTracking().Where(a => EF.Parameter(clients).Contains(a.SandboxClientId) || EF.Parameter(clients).Contains(a.ProductionClientId!))
            .Select(a => new { a.Id, a.SandboxClientId, a.ProductionClientId }).ToListAsync(ct);
        var (ids, since) = (applications.Select(a => a.Id).ToArray(), clock.GetUtcNow() - ApplicationTeam.InvitationLifetime);
        var members = (await db.ApplicationMembers.AsNoTracking().Where(m => EF.Parameter(ids).Contains(m.ApplicationId) && m.Role == MemberRole.Owner && m.ServiceAccount == null && m.EndedAt == null && (m.PersonId != null || m.AddedAt > since)).ToListAsync(ct))
            .ToLookup(m => m.ApplicationId, m => new EndingOwner(m.Id, m.PersonId, mails.Open(m)));
        return applications.SelectMany(a => ((string?[])[a.SandboxClientId, a.ProductionClientId]).OfType<string>().Select(client => (client, a.Id))).ToDictionary(c => c.client, IReadOnlyList<EndingOwner> (c) => [.. members[c.Id]], StringComparer.Ordinal);
    }

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
