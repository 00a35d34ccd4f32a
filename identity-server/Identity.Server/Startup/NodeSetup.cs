using Identity.Domain.Configuration;
using Identity.Server.Login;
using Microsoft.Extensions.Logging.Console;

namespace Identity.Server.Startup;

internal static class NodeSetup
{
    public static WebApplicationBuilder AddNode(this WebApplicationBuilder app)
    {
        app.Services.AddSingleton(new SettingsCheck(ConnectorCatalog.ProblemsOf));
        app.Services.AddSingleton<NodeSnapshot>().AddSingleton<NodeStart>();
        app.Services.AddHostedService(services => services.GetRequiredService<NodeStart>());
        app.Services.AddHostedService<SnapshotRefresher>().AddHostedService<Cleaner>().AddHostedService<AuditSealing>();
        return app;
    }

    public static WebApplicationBuilder AddOneLineLogs(this WebApplicationBuilder app)
    {
        app.Logging.ClearProviders().AddConsole(console => console.FormatterName = OneLineConsole.FormatterName)
            .AddConsoleFormatter<OneLineConsole, ConsoleFormatterOptions>();
        return app;
    }
}
