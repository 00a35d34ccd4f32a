using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Identity.Benchmarks.Load;

/// <summary>What one run has shown; one line of JSON.</summary>
internal sealed record LoadResult
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required string Label { get; init; }
    public required string Mode { get; init; }
    public int Workers { get; init; }
    public double Seconds { get; init; }
    public long Ops { get; init; }
    public double OpsPerSecond { get; init; }
    public double RequestsPerSecond { get; init; }

    [JsonPropertyName("p50_ms")] public double P50 { get; init; }
    [JsonPropertyName("p95_ms")] public double P95 { get; init; }
    [JsonPropertyName("p99_ms")] public double P99 { get; init; }
    [JsonPropertyName("max_ms")] public double Longest { get; init; }

    public long Errors { get; init; }
    public string? FirstError { get; init; }

    [JsonPropertyName("server_cpu_us_per_op")] public double ServerMicroseconds { get; init; }
    [JsonPropertyName("db_cpu_us_per_op")] public double DatabaseMicroseconds { get; init; }
    public double ServerCpuCores { get; init; }
    public double LoadCpuCores { get; init; }

    /// <summary>Whatever else the machine was doing: a run with much of it proves little.</summary>
    public double OthersCpuCores { get; init; }
    public double StealCores { get; init; }

    [JsonPropertyName("rss_mib")] public double ServerMebibytes { get; init; }
    public string? TokenAlg { get; init; }
    public int? TokenLength { get; init; }
    public bool? RefreshRotates { get; init; }

    /// <summary>The run could not be made; nothing else in the line counts.</summary>
    public string? Fatal { get; init; }

    [JsonIgnore] public bool IsClean => Fatal is null && Errors == 0 && Ops > 0;
    [JsonIgnore] public double TotalMicroseconds => ServerMicroseconds + DatabaseMicroseconds;

    public override string ToString() => JsonSerializer.Serialize(this, Json);
}
