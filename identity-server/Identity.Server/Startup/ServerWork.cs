using Identity.Domain.Configuration;
using Identity.Domain.Storage;
using Identity.Server.Login;

namespace Identity.Server.Startup;

internal static class ServerWork
{
    /// <summary>What a node of this host does besides answering.</summary>
    public static WebApplicationBuilder AddServerWork(this WebApplicationBuilder app)
    {
        app.Services.AddSingleton(new SettingsCheck(ConnectorCatalog.ProblemsOf));
        app.Services.AddHostedService<Cleaner>().AddHostedService<AuditSealing>();
        if (StorageSetup.ProviderOf(app.Configuration) == StorageProvider.PostgreSql) app.Services.AddHostedService<WakeUpWorker>();
        return app;
    }
}
