using System.ComponentModel.DataAnnotations;

namespace Identity.Server.Telemetry;

public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>A collector that takes OTLP over http (port 4318 as a rule). Without it nothing is measured for others and nothing leaves the node.</summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>Share of requests that leave a trace. A busy node at 1 spends more on telling than on doing.</summary>
    [Range(0.0, 1.0, ErrorMessage = "write a share from 0 to 1, for example 0.1")]
    public double TraceShare { get; set; } = 0.1;

    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan MetricInterval { get; set; } = TimeSpan.FromSeconds(15);

    public static bool IsWebAddress(TelemetryOptions options) =>
        options.OtlpEndpoint is null || (options.OtlpEndpoint.IsAbsoluteUri && options.OtlpEndpoint.Scheme is "http" or "https");
}
