using Identity.Domain.Settings;
using Identity.Hosting.Health;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Identity.Hosting.Startup;

public static class NodeSetup
{
    public static WebApplicationBuilder AddNode(this WebApplicationBuilder app)
    {
        app.Services.AddSettings<NodeOptions>("Node");
        app.Services.AddSingleton<NodeSnapshot>().AddSingleton<NodeStart>().AddSingleton<NodeDrain>().AddSingleton<Readiness>();
        app.Services.AddHostedService(services => services.GetRequiredService<NodeStart>());
        app.Services.AddHostedService(services => services.GetRequiredService<NodeDrain>());
        // The last one registered is asked first.
        app.Services.AddSingleton<IConnectionListenerFactory, TwoStepDoor>();
        app.Services.AddHostedService<SnapshotRefresher>();
        return app;
    }

    /// <summary>Before everything else: a load balancer asks over plain http, and from an address that nobody registered.</summary>
    public static WebApplication UseNode(this WebApplication app)
    {
        // Here, not where options are made: the host asks for its own before the settings have been judged.
        var node = app.Services.GetRequiredService<IOptions<NodeOptions>>().Value;
        app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout = node.DrainDelay + node.ShutdownTimeout;
        app.UseMiddleware<HealthChecks>();
        var drain = app.Services.GetRequiredService<NodeDrain>();
        app.Use(drain.CloseConnectionsAsync);
        return app;
    }

    public static WebApplicationBuilder AddOneLineLogs(this WebApplicationBuilder app)
    {
        app.Logging.ClearProviders().AddConsole(console => console.FormatterName = OneLineConsole.FormatterName)
            .AddConsoleFormatter<OneLineConsole, ConsoleFormatterOptions>();
        return app;
    }
}
