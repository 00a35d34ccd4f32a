using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>
/// What applications were granted while a person acted by a right that has ended: revoked, offline or not, whatever door the person came
/// through, and the applications are told. The person's session and everything done for themselves go on.
/// </summary>
public sealed class CapacityVisits(IdentityDb db, SessionStore sessions, GrantStore grants, ClientRegistry registry, TimeProvider clock)
{
    /// <summary>In the transaction of the right's end.</summary>
    /// <param name="capacities"><see cref="Delegation.Capacity.Id"/> of each right that ended.</param>
    public Task EndAsync(IReadOnlyCollection<string> capacities, string reason, CancellationToken ct) => EndAsync(capacities, spared: [], reason, ct);

    /// <param name="spared">Clients at which the right goes on, if only for reading.</param>
    public async Task EndAsync(IReadOnlyCollection<string> capacities, IReadOnlyCollection<string> spared, string reason, CancellationToken ct)
    {
        if (capacities.Count == 0) return;
        var now = clock.GetUtcNow();
        var visits = await db.Grants.Where(g => g.Capacity != null && capacities.Contains(g.Capacity) && !spared.Contains(g.ClientId) && g.RevokedAt == null)
            .Join(db.Sessions.Where(s => s.EndedAt == null && s.ExpiresAt > now), g => g.SessionId, s => s.Id, (g, s) => new { g.SessionId, g.ClientId }).Distinct().ToListAsync(ct);
        await grants.RevokeCapacitiesAsync(capacities, spared, reason, ct);
        // The next request of these applications asks again as whom.
        await db.SessionCapacities.Where(c => capacities.Contains(c.Capacity) && !spared.Contains(c.ClientId)).ExecuteDeleteAsync(ct);
        foreach (var visit in visits) await sessions.OweLogoutAsync(visit.SessionId, visit.ClientId, CanNotify, ct);
        if (visits.Count > 0) await WakeUp.SendAsync(db, WakeUpCall.LogoutDeliveries, ct);
    }

    private bool CanNotify(string clientId) => registry.FindClient(clientId)?.BackchannelLogoutUri is not null;
}
