using Identity.Domain.Storage;

namespace Identity.Server.Startup;

internal static class ServerWork
{
    /// <summary>What a node of this host does besides answering.</summary>
    public static WebApplicationBuilder AddServerWork(this WebApplicationBuilder app)
    {
        app.Services.AddHostedService<Cleaner>().AddHostedService<AuditSealing>().AddHostedService<StatisticsWork>();
        app.Services.AddHostedService<CredentialUseWriter>().AddHostedService<ExpiryReminding>().AddHostedService<ClientKeyWatching>();
        if (StorageSetup.ProviderOf(app.Configuration) == StorageProvider.PostgreSql) app.Services.AddHostedService<WakeUpWorker>();
        return app;
    }
}
