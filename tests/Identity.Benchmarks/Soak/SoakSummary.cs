using System.Globalization;
using System.Text;

namespace Identity.Benchmarks.Soak;

/// <summary>First and last against each other: what grows with time shows here.</summary>
internal static class SoakSummary
{
    public static string Write(SoakOutcome outcome)
    {
        var (options, samples) = (outcome.Options, outcome.Samples);
        if (samples.Count == 0) return "No sample was taken.";
        var (first, last) = (samples[0], samples[^1]);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            {last.Seconds / 60:0.0} minutes on {options.Engine}, {options.Stage.Nodes} node(s), at {options.Load:0%} of {outcome.Capacity:#,0} operations/s ({string.Join(", ", TrafficMix.Names)});
            {samples.Sum(s => s.Ops):#,0} operations, {outcome.Errors.Values.Sum():#,0} errors{(outcome.WasInterrupted ? "; **interrupted**" : "")}.

            | | first sample | last sample | most |
            | --- | --- | --- | --- |

            """);
        void Row(string name, Func<SoakSample, double> figure) =>
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {figure(first):#,0.0} | {figure(last):#,0.0} | {samples.Max(figure):#,0.0} |\n");
        Row("operations/s", s => s.OpsPerSecond);
        Row("p50 ms", s => s.P50);
        Row("p99 ms", s => s.P99);
        Row("server, CPU µs per operation", s => s.ServerMicroseconds);
        Row("database, CPU µs per operation", s => s.DatabaseMicroseconds);
        Row("server, RSS MiB", s => s.ServerMebibytes);
        Row("database, PSS MiB", s => s.DatabaseMebibytes);
        Row("storage, MiB", s => s.Storage[0]);
        for (var i = 1; i < first.Storage.Count; i++)
        {
            var table = i;
            Row($"`{StorageSize.Tables[table - 1]}`, MiB", s => s.Storage[table]);
        }
        return text.ToString().TrimEnd();
    }
}
