using System.Diagnostics;
using Identity.Domain.Settings;
using Identity.Server.MailOut;
using Identity.Server.Oidc.Logout;
using Identity.Server.Startup;
using OpenTelemetry.Logs;

namespace Identity.Server.Telemetry;

public static class TelemetrySetup
{
    /// <summary>Counting costs next to nothing while nobody listens; everything else is there only when a collector is named.</summary>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder app)
    {
        app.Services.AddSettings<TelemetryOptions>(TelemetryOptions.Section)
            .Validate(TelemetryOptions.IsWebAddress, "Telemetry:OtlpEndpoint: write an http address, for example http://collector.example:4318");
        app.Services.AddSingleton<DistributedContextPropagator, NoTraceContext>();
        app.Services.AddHostedService<TallyFeed>();
        app.Services.AddSingleton<ServerMeter>().AddSingleton<LogoutBacklog>().AddSingleton<MailBacklog>();
        // An address that cannot be used is reported with all other settings; logging starts before they are judged.
        if (!Uri.TryCreate(app.Configuration[$"{TelemetryOptions.Section}:{nameof(TelemetryOptions.OtlpEndpoint)}"], UriKind.Absolute, out var endpoint)
            || endpoint.Scheme is not ("http" or "https")) return app;

        app.Services.AddHostedService<TelemetryExport>();
        app.Services.AddHostedService(services => services.GetRequiredService<LogoutBacklog>());
        app.Services.AddHostedService(services => services.GetRequiredService<MailBacklog>());
        AddLogs(app, endpoint);
        return app;
    }

    private static void AddLogs(WebApplicationBuilder app, Uri endpoint)
    {
        app.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.SetResourceBuilder(TelemetryExport.ResourceOf(app.Configuration["Node:Name"] ?? new NodeOptions().Name));
            logs.AddProcessor(new LogScrubber());
            logs.AddOtlpExporter(exporter => TelemetryExport.SendTo(exporter, endpoint, "logs"));
        });
        // Nobody has read what the libraries' lines may quote; they stay in the node's own log.
        app.Logging.AddFilter<OpenTelemetryLoggerProvider>((category, level) => category?.StartsWith("Identity.", StringComparison.Ordinal) == true && level >= LogLevel.Information);
    }
}
