using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.Grants;
using Identity.Domain.People;

namespace Identity.Server.Oidc.Token;

/// <summary>Asks <see cref="MayUse"/> with today's facts, at the start and at every redemption of a grant; for a grant in somebody else's name it asks the rows behind that right as well.</summary>
public sealed class GrantGate(PersonDirectory people, ClientRegistry registry, CapacityDirectory capacities)
{
    /// <summary>The grant with whom it acts for today, or why it may not be used. People who act for themselves cost no look-up.</summary>
    public ValueTask<(StandingGrant Grant, UseRefusal? Refusal)> JudgeAsync(StandingGrant grant, Client client, CancellationToken ct) =>
        (Check(grant.Person, client, grant.Grant.Connector), grant.Grant.Capacity) switch
        {
            ({ } refusal, _) => new((grant, refusal)),
            (null, null) => new((grant, client.Accepts(CapacityKind.Citizen) ? null : UseRefusal.CapacityNotAccepted)),
            (null, { } capacity) => ActingAsync(grant, capacity, client, ct),
        };

    public UseRefusal? Check(PersonStatus? person, Client client, string connector) =>
        MayUse.Check(person, registry.FindClient(client.ClientId), registry.FindConnector(connector));

    public async Task<UseRefusal?> CheckAsync(Grant grant, Client client, CancellationToken ct)
    {
        var status = await people.StatusAsync(grant.PersonId, ct);
        return status is null ? UseRefusal.PersonUnknown : (await JudgeAsync(new(grant, status.Value, null, null, null), client, ct)).Refusal;
    }

    private async ValueTask<(StandingGrant, UseRefusal?)> ActingAsync(StandingGrant grant, string capacityId, Client client, CancellationToken ct) =>
        await capacities.FindUsableAsync(grant.Grant.PersonId, capacityId, client, ct) is { } capacity
            ? (grant with { ActingAs = capacity }, null)
            : (grant, UseRefusal.CapacityLost);
}
