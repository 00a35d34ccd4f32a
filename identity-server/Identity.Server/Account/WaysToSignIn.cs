using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Linking;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Oidc.Logout;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Account;

/// <summary>Takes a door away from its person, unless they could not do without it. What was signed in through it ends with it.</summary>
public sealed class WaysToSignIn(IdentityDb db, Doors doors, DoorVisits visits, ConnectedServices services, ClientRegistry registry, LogoutSignal signal)
{
    /// <summary>Reason in <c>session.ended</c> and on revoked grants.</summary>
    public const string DoorRemoved = "door_removed";

    public async Task<(LinkedIdentity Door, DoorRemovalVerdict Verdict)?> JudgeAsync(Guid personId, Guid linkId, CancellationToken ct)
    {
        var links = await doors.OfAsync(personId, ct);
        if (links.Find(l => l.Id == linkId) is not { } door) return null;
        var facts = await FactsAsync(personId, links, ct);
        return (door, DoorRemoval.Judge(new(facts.First(f => f.Id == linkId), facts, await NeedsAsync(personId, ct))));
    }

    /// <summary>True when the door is gone, and with it what came in by it; false when it was somebody else's, gone before, or must stay.</summary>
    public async Task<bool> RemoveAsync(Session session, Guid linkId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await doors.HoldAsync(session.PersonId, ct);
        if (await JudgeAsync(session.PersonId, linkId, ct) is not { Verdict.Obstacle: null, Door: var door } || !await doors.RemoveAsync(door, ct)) return false;
        if (!await db.LinkedIdentities.AnyAsync(l => l.PersonId == session.PersonId && l.Connector == door.Connector, ct))
            await visits.EndAsync(session.PersonId, door.Connector, DoorRemoved, ct, except: session.Id);
        await db.SaveChangesAsync(ct);
        // Every node: this one may be gone before it has told the applications.
        await WakeUp.SendAsync(db, WakeUpCall.LogoutDeliveries, ct);
        await transaction.CommitAsync(ct);
        signal.Raise();
        return true;
    }

    /// <summary>Every way in that the person has, those of our own included.</summary>
    public async Task<IReadOnlyList<DoorFacts>> FactsAsync(Guid personId, CancellationToken ct) => await FactsAsync(personId, await doors.OfAsync(personId, ct), ct);

    private async Task<IReadOnlyList<DoorFacts>> FactsAsync(Guid personId, IReadOnlyList<LinkedIdentity> links, CancellationToken ct)
    {
        var facts = links.Select(l => new DoorFacts(l.Id, l.Connector, l.Proofing, registry.FindConnector(l.Connector)?.Enabled == true, l.FrozenAt is not null)).ToList();
        if (await db.Users.AnyAsync(u => u.Id == personId && u.PasswordHash != null, ct)) facts.AddRange(OwnDoors(ConnectorProtocol.Password, ProofingLevel.SelfAsserted));
        if (await db.OwnPasskeys.Where(k => k.PersonId == personId).MaxAsync(k => (ProofingLevel?)k.Proofing, ct) is { } bound) facts.AddRange(OwnDoors(ConnectorProtocol.Passkey, bound));
        return facts;
    }

    private IEnumerable<DoorFacts> OwnDoors(ConnectorProtocol protocol, ProofingLevel proofing) =>
        registry.Document.Connectors.Where(c => c.Enabled && c.Protocol == protocol).Select(c => new DoorFacts(Guid.Empty, c.Name, proofing, Usable: true, Frozen: false));

    private async Task<List<ServiceNeed>> NeedsAsync(Guid personId, CancellationToken ct) =>
        [.. from row in await services.ListAsync(personId, ct)
            let client = registry.FindClient(row.ClientId)
            where client is not null
            select new ServiceNeed(client.ClientId, [.. registry.ConnectorsFor(client).Select(c => c.Name)], client.MinimumProofing)];
}
