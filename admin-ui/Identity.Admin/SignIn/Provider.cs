using Identity.Connectors.AuthorizationCode;
using Identity.Connectors.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Identity.Admin.SignIn;

/// <summary>The public host, seen from here: the same connector that asks any other OpenID Connect provider.</summary>
public sealed class Provider(IOptions<AdminOptions> options, IHttpClientFactory http, TimeProvider clock)
{
    public const string HttpClientName = "provider";

    /// <summary>What the ID token says of the session; everything else is in the database that both hosts share.</summary>
    public const string SessionClaim = "sid";

    private readonly Lazy<OidcConnector> _connector = new(() => new OidcConnector("provider", SettingsOf(options.Value), http.CreateClient(HttpClientName), clock));

    public OidcConnector Connector => _connector.Value;

    public Uri Callback { get; } = new(options.Value.Address!, SignInEndpoints.CallbackPath);

    private static OidcConnectorSettings SettingsOf(AdminOptions options) => new()
    {
        Issuer = options.Issuer,
        Discovery = true,
        ClientId = options.ClientId,
        ClientSecret = options.ClientSecret,
        ClientAuthentication = ClientAuthenticationMethod.ClientSecretBasic,
        Scopes = ["openid"],
        AcrValues = [Domain.Assurance.AcrValues.For(options.MinimumLevel)],
        RequireIssuerParameter = true,
        AttributeClaims = new Dictionary<string, IReadOnlyList<string>> { [SessionClaim] = [SessionClaim] },
        RequiredAttributes = [SessionClaim],
    };
}
