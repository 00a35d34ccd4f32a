using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Identity.Server.Telemetry;
using Identity.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Identity.Tests.Nodes;

/// <summary>A curve over a name that nobody writes is a flat line, and a flat line looks like peace.</summary>
public sealed partial class DashboardTests
{
    [Fact]
    public async Task Every_metric_of_the_dashboard_is_one_that_the_server_writes()
    {
        var written = await WrittenAsync();
        var shown = Queries().SelectMany(query => Metric().Matches(query).Select(m => m.Value)).Distinct().ToList();
        Assert.InRange(shown.Count, 10, 50);
        Assert.Empty(shown.Except(written));
    }

    [Fact]
    public async Task Every_metric_of_our_own_is_shown()
    {
        var shown = string.Join('\n', Queries());
        Assert.DoesNotContain(await WrittenAsync(own: true), name =>
            !name.EndsWith("_sum", StringComparison.Ordinal) && !name.EndsWith("_count", StringComparison.Ordinal) && !shown.Contains(name, StringComparison.Ordinal));
    }

    private static async Task<HashSet<string>> WrittenAsync(bool own = false)
    {
        var instruments = new ConcurrentBag<Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => instruments.Add(instrument) };
        listener.Start();
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        _ = provider.Services.GetRequiredService<ServerMeter>();
        _ = await provider.Http.GetAsync(new Uri("/", UriKind.Relative));
        // Its meter begins with the first data source; it needs no server for that.
        await using var database = NpgsqlDataSource.Create("Host=nowhere.example");
        return [.. instruments.Where(i => own ? i.Meter.Name == ServerMeter.Name : TelemetryExport.Meters.Contains(i.Meter.Name)).SelectMany(PrometheusNames)];
    }

    /// <summary>As a collector spells them: https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/.</summary>
    private static string[] PrometheusNames(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "d" => "_days", "By" => "_bytes", _ => "" };
        var name = instrument.Name.Replace('.', '_') + unit;
        var kind = instrument.GetType().Name;
        return kind.StartsWith("Histogram", StringComparison.Ordinal) ? [$"{name}_bucket", $"{name}_count", $"{name}_sum"]
            : kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal) ? [$"{name}_total"]
            : [name];
    }

    private static IEnumerable<string> Queries([CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docker", "grafana", "identity.json");
        return JsonNode.Parse(File.ReadAllText(file))!["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => (string)target!["expr"]!);
    }

    [GeneratedRegex(@"\b(identity|http|db|dotnet|kestrel|aspnetcore)_[a-z_]+(?=[\[\{\)])(?<!by \([^)]*)")]
    private static partial Regex Metric();
}
