using System.Diagnostics;
using Identity.Domain.Settings;
using Identity.Server.Oidc.Logout;
using Identity.Server.Startup;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;

namespace Identity.Server.Telemetry;

internal static class TelemetrySetup
{
    /// <summary>Counting costs next to nothing while nobody listens; everything else is there only when a collector is named.</summary>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder app)
    {
        app.Services.AddSettings<TelemetryOptions>(TelemetryOptions.Section)
            .Validate(TelemetryOptions.IsWebAddress, "Telemetry:OtlpEndpoint: write an http address, for example http://collector.example:4318");
        app.Services.AddSingleton<DistributedContextPropagator, NoTraceContext>();
        app.Services.AddSingleton<ServerMeter>().AddSingleton<LogoutBacklog>();
        if (string.IsNullOrEmpty(app.Configuration[$"{TelemetryOptions.Section}:{nameof(TelemetryOptions.OtlpEndpoint)}"])) return app;

        app.Services.AddHostedService<TelemetryExport>();
        app.Services.AddHostedService(services => services.GetRequiredService<LogoutBacklog>());
        AddLogs(app);
        return app;
    }

    private static void AddLogs(WebApplicationBuilder app)
    {
        app.Logging.AddOpenTelemetry();
        // Nobody has read what the libraries' lines may quote; they stay in the node's own log.
        app.Logging.AddFilter<OpenTelemetryLoggerProvider>((category, level) => category?.StartsWith("Identity.", StringComparison.Ordinal) == true && level >= LogLevel.Information);
        app.Services.AddOptions<OpenTelemetryLoggerOptions>().Configure<IOptions<TelemetryOptions>, IOptions<NodeOptions>>((logs, telemetry, node) =>
        {
            logs.IncludeFormattedMessage = true;
            logs.SetResourceBuilder(TelemetryExport.ResourceOf(node.Value));
            logs.AddProcessor(new LogScrubber());
            logs.AddOtlpExporter(exporter => TelemetryExport.SendTo(exporter, telemetry.Value, "logs"));
        });
    }
}
