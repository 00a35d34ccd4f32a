using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;

namespace Identity.Server.Account;

/// <summary>As whom somebody looks at the page of their applications, and what an application that they open from there is told of it.</summary>
public sealed class LauncherCapacities(IdentityDb db, CapacityDirectory capacities, SessionStore sessions, AuditTrail trail, TimeProvider clock)
{
    /// <summary>Stands among the choices of the session where an application's id would; no client can be called so.</summary>
    private const string Place = "/launcher";

    public async Task<LauncherStanding> OfAsync(Session session, CancellationToken ct)
    {
        var evidence = await capacities.EvidenceAsync(session.PersonId, ct);
        var usable = CapacityRules.Judge(evidence, client: null, clock.GetUtcNow()).Usable;
        // What was chosen may have been lost since: then the person is themselves again, and nothing was chosen.
        var chosen = await sessions.CapacityAsync(session.Id, Place, ct) is { } id ? usable.FirstOrDefault(c => c.Id == id) : null;
        return new(evidence, usable, chosen ?? usable.First(c => c.IsSelf), chosen is not null);
    }

    /// <summary>False when it is none of the person's, or no longer.</summary>
    public async Task<bool> SwitchAsync(Session session, string capacityId, CancellationToken ct)
    {
        if (await capacities.FindUsableAsync(session.PersonId, capacityId, client: null, ct) is not { } capacity) return false;
        await RememberAsync(session, Place, clientId: null, capacity, ct);
        return true;
    }

    /// <summary>
    /// Opened from this page, an application gets the person as what they chose to be here. Before anything was chosen here it asks by
    /// itself, and one that takes citizens only has nothing to ask.
    /// </summary>
    public async Task<bool> TakeAlongAsync(Session session, Client client, CancellationToken ct)
    {
        if (await OfAsync(session, ct) is not { IsChosen: true, Current: var current }) return false;
        if (await capacities.FindUsableAsync(session.PersonId, current.Id, client, ct) is not { } capacity) return false;
        await RememberAsync(session, client.ClientId, client.ClientId, capacity, ct);
        return true;
    }

    private async Task RememberAsync(Session session, string place, string? clientId, Capacity capacity, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await sessions.RememberCapacityAsync(session.Id, place, capacity.Id, ct);
        trail.Add("capacity.chosen", personId: session.PersonId, clientId: clientId, sessionId: session.Id, detail: $"{capacity.Id} for {capacity.Party}, on the page of applications");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}

/// <param name="Usable">Every capacity that the person has today, whatever single applications accept.</param>
/// <param name="IsChosen">The person has said so on the page; otherwise they are themselves there until they do.</param>
public sealed record LauncherStanding(CapacityEvidence Evidence, IReadOnlyList<Capacity> Usable, Capacity Current, bool IsChosen);
