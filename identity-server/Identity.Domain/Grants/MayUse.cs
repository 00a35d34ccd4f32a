using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.People;

namespace Identity.Domain.Grants;

/// <summary>The one gate asked at the start and at the redemption of every grant: what was disabled in between counts (security.md §8, cause 3).</summary>
public static class MayUse
{
    public static UseRefusal? Check(PersonStatus? person, Client? client, ConnectorRegistration? connector) =>
        person is null ? UseRefusal.PersonUnknown
        : person != PersonStatus.Active ? UseRefusal.PersonNotActive
        : client is not { Enabled: true } ? UseRefusal.ClientDisabled
        : connector is not { Enabled: true } ? UseRefusal.ConnectorDisabled
        : !client.AllowsConnector(connector.Name) ? UseRefusal.ConnectorNotAllowed
        : null;
}

public enum UseRefusal
{
    PersonUnknown,
    PersonNotActive,
    ClientDisabled,
    ConnectorDisabled,

    /// <summary>The client no longer accepts the connector that the person came through.</summary>
    ConnectorNotAllowed,

    /// <summary>The client no longer accepts people in this role.</summary>
    CapacityNotAccepted,

    /// <summary>The right to act for somebody has ended, is suspended, or no longer covers this client.</summary>
    CapacityLost,
}
