using System.Security.Cryptography;
using System.Text;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;

namespace Identity.Domain.Applications;

/// <summary>Production is a copy of what was tried out, with other addresses, other people, and credentials of its own.</summary>
public sealed class ProductionCopy(ClientDefaults defaults)
{
    /// <param name="live">What is in production now; keeps its credentials, its sector and whether it is switched on.</param>
    /// <param name="key">For the first time, when it proves itself by one.</param>
    public Client Of(Client tried, ProductionAddresses to, string clientId, Client? live, ProductionKey? key)
    {
        var copy = tried with
        {
            ClientId = clientId,
            Enabled = live?.Enabled ?? true,
            Environment = ClientEnvironment.Production,
            RedirectUris = to.RedirectUris,
            PostLogoutRedirectUris = to.PostLogoutRedirectUris,
            BackchannelLogoutUri = to.BackchannelLogoutUri,
            BackchannelLogoutSessionRequired = to.BackchannelLogoutUri is not null,
            InitiateLoginUri = to.InitiateLoginUri,
            Launcher = to.InitiateLoginUri is not null,
            // Developers hold the sandbox's, and what production rotated since stays rotated (M26).
            TokenEndpointAuthMethod = live?.TokenEndpointAuthMethod ?? tried.TokenEndpointAuthMethod,
            Secrets = live?.Secrets ?? [],
            Jwks = live is null ? key?.Jwks : live.Jwks,
            JwksUri = live is null ? key?.JwksUri : live.JwksUri,
        };
        if (!tried.Allows(GrantType.AuthorizationCode)) return copy;
        return copy with { Sector = live?.Sector ?? $"app-{clientId}", Connectors = live?.Connectors ?? defaults.ProductionConnectors(tried) };
    }

    /// <summary>As both sides read it and as it is compared: secrets have no place there.</summary>
    public static string Text(Client client) => ConfigurationWriter.Write(client with { Secrets = [] });

    public static string DigestOf(Client client) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(client))));
}
