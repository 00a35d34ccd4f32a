using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.People;

namespace Identity.Server.Oidc.Token;

/// <summary>Asks <see cref="MayUse"/> with today's facts, at the start and at every redemption of a grant.</summary>
public sealed class GrantGate(PersonDirectory people, ClientRegistry registry)
{
    public UseRefusal? Check(StandingGrant grant, Client client) =>
        MayUse.Check(grant.Person, registry.FindClient(client.ClientId), registry.FindConnector(grant.Grant.Connector));

    public async Task<UseRefusal?> CheckAsync(Guid personId, Client client, string connector, CancellationToken ct) =>
        MayUse.Check(await people.StatusAsync(personId, ct), registry.FindClient(client.ClientId), registry.FindConnector(connector));
}
