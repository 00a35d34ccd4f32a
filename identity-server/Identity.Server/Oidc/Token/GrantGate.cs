using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.People;

namespace Identity.Server.Oidc.Token;

/// <summary>Asks <see cref="MayUse"/> with today's facts, at the start and at every redemption of a grant.</summary>
public sealed class GrantGate(PersonDirectory people, ClientRegistry registry)
{
    public UseRefusal? Check(StandingGrant grant, Client client) => Check(grant.Person, client, grant.Grant.Connector);

    public UseRefusal? Check(PersonStatus? person, Client client, string connector) =>
        MayUse.Check(person, registry.FindClient(client.ClientId), registry.FindConnector(connector));

    public async Task<UseRefusal?> CheckAsync(Guid personId, Client client, string connector, CancellationToken ct) =>
        MayUse.Check(await people.StatusAsync(personId, ct), registry.FindClient(client.ClientId), registry.FindConnector(connector));
}
