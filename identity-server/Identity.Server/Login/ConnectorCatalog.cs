using System.Collections.Concurrent;
using System.Text.Json;
using Identity.Connectors.OpenIdConnect;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Protocols.Federation;

namespace Identity.Server.Login;

/// <summary>Running connectors, made from their configuration rows. A new protocol is one folder under connectors and one line here.</summary>
public sealed class ConnectorCatalog(ClientRegistry registry, IHttpClientFactory http, TimeProvider clock)
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

#pragma warning disable CA1859 // The next protocol has a line of its own here.
    private IRedirectConnector? Make(ConnectorRegistration row) => row.Protocol switch
    {
        ConnectorProtocol.Oidc => new OidcConnector(
            row.Name, OidcConnectorSettings.FromJson(row.SettingsWithSecrets().GetRawText()), http.CreateClient(HttpClientName), clock),
        _ => null,
    };
#pragma warning restore CA1859

    /// <summary>Errors of a row's own settings, for the import of configuration.</summary>
    public static IEnumerable<string> ProblemsOf(ConnectorProtocol protocol, JsonElement settings)
    {
        if (protocol != ConnectorProtocol.Oidc) return [];
        try
        {
            return OidcConnectorSettings.FromJson(settings.GetRawText()).Problems();
        }
        catch (JsonException e)
        {
            return [e.Message];
        }
    }
}
