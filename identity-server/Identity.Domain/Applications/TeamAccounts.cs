using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>Service accounts in teams. People decide whom they trust with an application: no machine lets another one in.</summary>
public sealed class TeamAccounts(IdentityDb db, ApplicationAccess access, ClientRegistry registry, AuditTrail audit, TimeProvider clock)
{
    /// <summary>From then on it works on the application as its role here says, as far as its role in the province and its scopes reach.</summary>
    public Task<ApplicationOutcome> AddAsync(AdminActor actor, Guid id, MemberRole role, string clientId, CancellationToken ct) => access.ChangeAsync(actor, id, ApplicationRights.Own, async reached =>
    {
        if (actor.IsMachine) return ApplicationRefusal.NotAllowed;
        if (registry.FindClient(clientId) is not { Enabled: true, TokenEndpointAuthMethod: ClientAuthenticationMethod.PrivateKeyJwt } account || !account.Allows(GrantType.ClientCredentials)) return ApplicationRefusal.NoSuchAccount;
        if (await db.ApplicationMembers.AnyAsync(m => m.ApplicationId == id && m.ServiceAccount == clientId && m.EndedAt == null, ct)) return ApplicationRefusal.IsMemberAlready;
        var member = new ApplicationMember { ApplicationId = id, Role = role, ServiceAccount = clientId, AddedAt = clock.GetUtcNow(), AddedBy = actor.Name };
        db.ApplicationMembers.Add(member);
        audit.Add("application.member_added", clientId: reached.Application.SandboxClientId, detail: $"{id} {role} {member.Id} {clientId}");
        return new ApplicationOutcome.Done(id);
    }, ct);
}
