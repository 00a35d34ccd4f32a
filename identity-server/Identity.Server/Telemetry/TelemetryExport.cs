using System.Diagnostics;
using Identity.Server.Startup;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Identity.Server.Telemetry;

/// <summary>Sends traces and metrics to the operator's collector; the first to start and the last to stop, so that stopping is seen as well.</summary>
public sealed class TelemetryExport(IOptions<TelemetryOptions> options, IOptions<NodeOptions> node, ServerMeter meter) : IHostedService, IDisposable
{
    public const string Requests = "Microsoft.AspNetCore";
    public const string Outgoing = "System.Net.Http";
    public const string Database = "Npgsql";

    public static readonly string[] Meters =
        [ServerMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "System.Net.Http", "Npgsql"];

    private static readonly string[] Sources = [Requests, Outgoing, Database];

    private readonly ActivityListener _exceptions = new() { ShouldListenTo = source => Sources.Contains(source.Name), ExceptionRecorder = SpanScrubber.OnlyType };
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Nothing else may be the first to ask for it: without it, the gauges would be missing until somebody signs in.
        ArgumentNullException.ThrowIfNull(meter);
        ActivitySource.AddActivityListener(_exceptions);
        var resource = ResourceOf(node.Value.Name);
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.Value.TraceShare)))
            .AddProcessor(new SpanScrubber())
            .AddOtlpExporter(exporter => SendTo(exporter, options.Value.OtlpEndpoint!, "traces")).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters)
            // Addresses of peers would be a series each, and some of them are people's.
            .AddView("http.client.open_connections", new MetricStreamConfiguration { TagKeys = ["http.connection.state", "server.address"] })
            .AddView("http.client.connection.duration", new MetricStreamConfiguration { TagKeys = ["server.address"] })
            .AddOtlpExporter((exporter, reader) =>
            {
                SendTo(exporter, options.Value.OtlpEndpoint!, "metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Value.MetricInterval.TotalMilliseconds;
            }).Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(Dispose, cancellationToken);

    public void Dispose()
    {
        _exceptions.Dispose();
        Interlocked.Exchange(ref _traces, null)?.Dispose();
        Interlocked.Exchange(ref _metrics, null)?.Dispose();
    }

    internal static ResourceBuilder ResourceOf(string node) => ResourceBuilder.CreateDefault().AddService("identity-server", serviceInstanceId: node);

    internal static void SendTo(OtlpExporterOptions exporter, Uri endpoint, string signal)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        // With an explicit endpoint the path has to be explicit as well.
        exporter.Endpoint = new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
    }
}
