using System.Collections.Concurrent;
using System.Text.Json;
using Identity.Connectors.OpenIdConnect;
using Identity.Connectors.Register;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Protocols.Federation;

namespace Identity.Server.Login;

/// <summary>Running connectors, made from their configuration rows. A new protocol is one folder under connectors and one line here.</summary>
public sealed class ConnectorCatalog(ClientRegistry registry, IHttpClientFactory http, TimeProvider clock)
{
    public const string HttpClientName = "upstream";
    public const string RegisterClientName = "register";

    // A row that changed is a new record, so its connector, with whatever it had cached, is made anew.
    private readonly ConcurrentDictionary<string, (ConnectorRegistration Row, IRedirectConnector Connector)> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (ConnectorRegistration Row, IRegisterConnector Connector)> _registers = new(StringComparer.Ordinal);

    public IRedirectConnector? FindRedirect(string name)
    {
        if (registry.FindConnector(name) is not { Enabled: true } row) return null;
        if (_running.TryGetValue(name, out var known) && ReferenceEquals(known.Row, row)) return known.Connector;
        if (Make(row) is not { } made) return null;
        _running[name] = (row, made);
        return made;
    }

    public IRegisterConnector? FindRegister(string name)
    {
        if (registry.FindConnector(name) is not { Enabled: true, Protocol: ConnectorProtocol.Register } row) return null;
        if (_registers.TryGetValue(name, out var known) && ReferenceEquals(known.Row, row)) return known.Connector;
        var made = new RegisterConnector(RegisterConnectorSettings.FromJson(row.SettingsWithSecret().GetRawText()), http.CreateClient(RegisterClientName), clock);
        _registers[name] = (row, made);
        return made;
    }

#pragma warning disable CA1859 // The next protocol has a line of its own here.
    private IRedirectConnector? Make(ConnectorRegistration row) => row.Protocol switch
    {
        ConnectorProtocol.Oidc => new OidcConnector(
            row.Name, OidcConnectorSettings.FromJson(row.SettingsWithSecret().GetRawText()), http.CreateClient(HttpClientName), clock),
        _ => null,
    };
#pragma warning restore CA1859

    /// <summary>Errors of a row's own settings, for the import of configuration.</summary>
    public static IEnumerable<string> ProblemsOf(ConnectorProtocol protocol, JsonElement settings)
    {
        try
        {
            return protocol switch
            {
                ConnectorProtocol.Oidc => OidcConnectorSettings.FromJson(settings.GetRawText()).Problems(),
                ConnectorProtocol.Register => RegisterConnectorSettings.FromJson(settings.GetRawText()).Problems(),
                _ => [],
            };
        }
        catch (JsonException e)
        {
            return [e.Message];
        }
    }
}
