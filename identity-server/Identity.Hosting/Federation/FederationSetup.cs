using Identity.Connectors.OpenIdConnect;
using Identity.Connectors.Register;
using Identity.Domain.Configuration;

namespace Identity.Hosting.Federation;

public static class FederationSetup
{
    /// <summary>Connectors that run, and the rules of their settings, which the configuration is judged by.</summary>
    public static WebApplicationBuilder AddFederation(this WebApplicationBuilder app)
    {
        app.Services.AddSingleton(new SettingsCheck(ConnectorCatalog.ProblemsOf)).AddSingleton<ConnectorCatalog>().AddSingleton<ConnectorProbe>().AddSingleton<ConnectorLook>();
        app.Services.AddHttpClient(ConnectorCatalog.HttpClientName).ConfigurePrimaryHttpMessageHandler(OidcConnector.CreateHandler);
        app.Services.AddHttpClient(ConnectorCatalog.RegisterClientName).ConfigurePrimaryHttpMessageHandler(RegisterConnector.CreateHandler);
        return app;
    }
}
