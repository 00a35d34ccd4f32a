using System.Collections.Concurrent;
using System.Text.Json;
using Identity.Connectors.OpenIdConnect;
using Identity.Connectors.VNeId;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Privacy;
using Identity.Protocols.Federation;

namespace Identity.Server.Login;

/// <summary>Running connectors, made from their configuration rows. A new protocol is one folder under connectors and one line here.</summary>
public sealed class ConnectorCatalog(ClientRegistry registry, IHttpClientFactory http, PersonalDataVault vault, TimeProvider clock)
{
    public const string HttpClientName = "upstream";

    // A row that changed is a new record, so its connector, with whatever it had cached, is made anew.
    private readonly ConcurrentDictionary<string, (ConnectorRegistration Row, IRedirectConnector Connector)> _running = new(StringComparer.Ordinal);

    public IRedirectConnector? FindRedirect(string name)
    {
        if (registry.FindConnector(name) is not { Enabled: true } row) return null;
        if (_running.TryGetValue(name, out var known) && ReferenceEquals(known.Row, row)) return known.Connector;
        if (Make(row) is not { } made) return null;
        _running[name] = (row, made);
        return made;
    }

    private IRedirectConnector? Make(ConnectorRegistration row) => row.Protocol switch
    {
        ConnectorProtocol.Oidc => new OidcConnector(
            row.Name, OidcConnectorSettings.FromJson(row.SettingsWithSecrets().GetRawText()), http.CreateClient(HttpClientName), clock),
        ConnectorProtocol.VNeId => new VNeIdConnector(
            row.Name, VNeIdConnectorSettings.FromJson(row.SettingsWithSecrets().GetRawText()), http.CreateClient(HttpClientName), SubjectDigest, clock),
        _ => null,
    };

    private string SubjectDigest(string subject) => vault.Digest(VaultPurpose.UpstreamSubject, subject);

    /// <summary>Errors of a row's own settings, for the import of configuration.</summary>
    public static IEnumerable<string> ProblemsOf(ConnectorProtocol protocol, JsonElement settings)
    {
        try
        {
            return protocol switch
            {
                ConnectorProtocol.Oidc => OidcConnectorSettings.FromJson(settings.GetRawText()).Problems(),
                ConnectorProtocol.VNeId => VNeIdConnectorSettings.FromJson(settings.GetRawText()).Problems(),
                _ => [],
            };
        }
        catch (JsonException e)
        {
            return [e.Message];
        }
    }
}
