using System.Security.Cryptography;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Organisations;
using Identity.Domain.Privacy;

namespace Identity.Domain.Applications;

/// <summary>Sensible settings for each kind of application, so that nobody has to know the protocol on the first day.</summary>
public sealed class ClientDefaults(ClientRegistry registry, PersonalDataVault vault, TimeProvider clock)
{
    /// <summary>All sandbox clients share it: made-up people have no privacy to lose.</summary>
    public const string SandboxSector = "sandbox";

    /// <summary>Marks the secret with which the administration host itself plays the application on the try-it page.</summary>
    public const string TryDescription = "try-it page";

    private static readonly string[] Usual = [Scope.OpenId, "profile"];

    public static readonly TimeSpan SecretLifetime = TimeSpan.FromDays(365);

    /// <summary>Opaque, and beyond guessing.</summary>
    public static string NewClientId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    public IReadOnlyList<string> SandboxConnectors => ConnectorsOf(ClientEnvironment.Sandbox, _ => true);

    public Client ForSandbox(ApplicationStart start, OrgUnit unit, string clientId, string? secret)
    {
        var client = new Client
        {
            ClientId = clientId,
            Environment = ClientEnvironment.Sandbox,
            ClientName = start.Name,
            Agency = new LocalizedText(unit.NameVi, unit.NameEn),
            Purpose = start.Purpose,
            ApplicationType = TypeOf(start.Kind),
            TokenEndpointAuthMethod = secret is null ? ClientAuthenticationMethod.None : ClientAuthenticationMethod.ClientSecretBasic,
            GrantTypes = [start.Kind == ApplicationKind.Machine ? GrantType.ClientCredentials : GrantType.AuthorizationCode],
            Secrets = secret is null ? [] : [NewSecret(secret), .. TrySecrets(start.Kind, clientId)],
        };
        return start.Kind == ApplicationKind.Machine ? client : client with
        {
            RedirectUris = [.. start.RedirectUris.Append(start.TryAddress).Distinct(StringComparer.Ordinal)],
            Scopes = [.. Usual.Where(s => registry.FindScope(s) is not null)],
            Sector = SandboxSector,
            Connectors = SandboxConnectors,
        };
    }

    /// <summary>Ways in for real people that fit those whom the application takes; a passkey fits wherever any other way does.</summary>
    public IReadOnlyList<string> ProductionConnectors(Client client) => ConnectorsOf(ClientEnvironment.Production, c =>
        (c.Kind == ConnectorKind.NationalEid && !OnlyOfficials(client)) || (c.Kind == ConnectorKind.OfficialMail && client.Accepts(Delegation.CapacityKind.Official)) || c.Protocol == ConnectorProtocol.Passkey);

    public ClientSecret NewSecret(string value) => new(ClientSecret.DigestOf(value), null, Now(), Now() + SecretLifetime);

    /// <summary>Derived, so that it rests nowhere: both hosts can make it, and a stolen table cannot.</summary>
    public string TrySecret(string clientId) => vault.Digest(VaultPurpose.TrySecret, clientId);

    public static bool IsTry(ClientSecret secret) => secret.Description == TryDescription;

    public static bool NeedsSecret(ApplicationKind kind) => kind is ApplicationKind.ServerWeb or ApplicationKind.Machine;

    /// <summary>Documents hold whole seconds.</summary>
    public DateTimeOffset Now() => DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());

    private IEnumerable<ClientSecret> TrySecrets(ApplicationKind kind, string clientId) =>
        kind == ApplicationKind.Machine ? [] : [new ClientSecret(ClientSecret.DigestOf(TrySecret(clientId)), TryDescription, Now(), null)];

    private static ApplicationType TypeOf(ApplicationKind kind) => kind switch
    {
        ApplicationKind.Mobile => ApplicationType.Native,
        ApplicationKind.Machine => ApplicationType.Machine,
        _ => ApplicationType.Web,
    };

    private static bool OnlyOfficials(Client client) => client.AcceptsCapacities is [Delegation.CapacityKind.Official];

    private string[] ConnectorsOf(ClientEnvironment environment, Func<ConnectorRegistration, bool> fits) =>
        [.. registry.Document.Connectors.Where(c => c.Enabled && c.IsWayIn && c.Environment == environment && fits(c)).OrderBy(c => c.Order).Select(c => c.Name)];
}
