using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Protocols.Federation;

namespace Identity.Domain.Linking;

/// <summary>
/// Whoever comes through a connector of the sandbox is nobody. They are kept apart from real people by their issuer, so that a made-up
/// number that happens to be somebody's leads to no record, no post and no register entry of that human.
/// </summary>
public static class SyntheticPerson
{
    public const string Prefix = "sandbox:";

    public static ExternalIdentity Apart(ExternalIdentity external, ConnectorRegistration connector) =>
        connector.Environment == ClientEnvironment.Sandbox ? external with { Issuer = Prefix + external.Issuer } : external;

    public static bool Is(ExternalIdentity external) => external.Issuer.StartsWith(Prefix, StringComparison.Ordinal);
}
