using System.Collections.Concurrent;
using System.Text.Json;
using Identity.Connectors;
using Identity.Connectors.Imap;
using Identity.Connectors.Ldap;
using Identity.Connectors.OpenIdConnect;
using Identity.Connectors.Register;
using Identity.Connectors.VNeId;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Privacy;
using Identity.Protocols.Federation;

namespace Identity.Hosting.Federation;

/// <summary>Running connectors, made from their configuration rows. A new protocol is one folder under connectors and one line here.</summary>
public sealed class ConnectorCatalog(ClientRegistry registry, IHttpClientFactory http, PersonalDataVault vault, TimeProvider clock)
{
    public const string HttpClientName = "upstream";
    public const string RegisterClientName = "register";

    private readonly ConcurrentDictionary<string, Running> _running = new(StringComparer.Ordinal);

    public IRedirectConnector? FindRedirect(string name) => Find(name) as IRedirectConnector;

    public IPasswordConnector? FindPassword(string name) => Find(name) as IPasswordConnector;

    public IRegisterConnector? FindRegister(string name) => Find(name) as IRegisterConnector;

    /// <summary>One that remembers nothing, switched on or not: for a test of what its row says now.</summary>
    internal object? MakeAnew(string name) => registry.FindConnector(name) is { } row ? Make(row, row.DirectoryName is { } other ? registry.FindConnector(other) : null) : null;

    private object? Find(string name)
    {
        if (registry.FindConnector(name) is not { Enabled: true } row) return null;
        var directory = row.DirectoryName is { } other && registry.FindConnector(other) is { Enabled: true } found ? found : null;
        // A row that changed is a new record, so its connector, with whatever it had cached, is made anew.
        if (_running.TryGetValue(name, out var known) && ReferenceEquals(known.Row, row) && ReferenceEquals(known.Directory, directory)) return known.Connector;
        if (Make(row, directory) is not { } made) return null;
        _running[name] = new Running(row, directory, made);
        return made;
    }

    private object? Make(ConnectorRegistration row, ConnectorRegistration? directory) => row.Protocol switch
    {
        ConnectorProtocol.Oidc => new OidcConnector(row.Name, OidcConnectorSettings.FromJson(SettingsOf(row)), http.CreateClient(HttpClientName), clock),
        ConnectorProtocol.VNeId => new VNeIdConnector(row.Name, VNeIdConnectorSettings.FromJson(SettingsOf(row)), http.CreateClient(HttpClientName), SubjectDigest, clock),
        ConnectorProtocol.Ldap => new LdapConnector(row.Name, LdapConnectorSettings.FromJson(SettingsOf(row)), clock),
        // Without the directory that it names, nobody would be who they were yesterday.
        ConnectorProtocol.Imap when row.DirectoryName is not null && directory is null => null,
        ConnectorProtocol.Imap => new ImapConnector(row.Name, ImapConnectorSettings.FromJson(SettingsOf(row)), directory is null ? null : DirectoryOf(directory, clock), clock),
        ConnectorProtocol.Register => new RegisterConnector(RegisterConnectorSettings.FromJson(SettingsOf(row)), http.CreateClient(RegisterClientName), clock),
        _ => null,
    };

    private string SubjectDigest(string subject) => vault.Digest(VaultPurpose.UpstreamSubject, subject);

    /// <summary>A directory to read rather than to sign in at.</summary>
    public static LdapDirectory DirectoryOf(ConnectorRegistration row, TimeProvider clock) => new(LdapConnectorSettings.FromJson(SettingsOf(row)), clock);

    /// <summary>When the first of the authorities ends that a directory or mail server is judged by; null where there are none of our own.</summary>
    internal static DateTimeOffset? AnchorsUntil(ConnectorRegistration row) => row.Protocol switch
    {
        ConnectorProtocol.Ldap => LdapConnectorSettings.FromJson(SettingsOf(row)).AnchorsUntil(),
        ConnectorProtocol.Imap => ImapConnectorSettings.FromJson(SettingsOf(row)).AnchorsUntil(),
        _ => null,
    };

    /// <summary>Faults of a row's own settings, for the import of configuration.</summary>
    public static IEnumerable<LocalizedText> ProblemsOf(ConnectorProtocol protocol, JsonElement settings) =>
        FaultsOf(protocol, settings.GetRawText()).Select(fault => new LocalizedText(fault.Vi, fault.En));

    private static IEnumerable<SettingsFault> FaultsOf(ConnectorProtocol protocol, string settings)
    {
        try
        {
            return protocol switch
            {
                ConnectorProtocol.Oidc => OidcConnectorSettings.FromJson(settings).Problems(),
                ConnectorProtocol.Register => RegisterConnectorSettings.FromJson(settings).Problems(),
                ConnectorProtocol.VNeId => VNeIdConnectorSettings.FromJson(settings).Problems(),
                ConnectorProtocol.Ldap => LdapConnectorSettings.FromJson(settings).Problems(),
                ConnectorProtocol.Imap => ImapConnectorSettings.FromJson(settings).Problems(),
                _ => [],
            };
        }
        catch (JsonException unread)
        {
            return [SettingsFault.Of(unread)];
        }
    }

    private static string SettingsOf(ConnectorRegistration row) => row.SettingsWithSecrets().GetRawText();

    private sealed record Running(ConnectorRegistration Row, ConnectorRegistration? Directory, object Connector);
}
