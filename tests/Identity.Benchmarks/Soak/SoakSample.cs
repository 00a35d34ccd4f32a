using System.Globalization;

namespace Identity.Benchmarks.Soak;

/// <summary>One line of the CSV.</summary>
/// <param name="Storage">MiB: the whole, then <see cref="StorageSize.Tables"/>.</param>
internal sealed record SoakSample(
    double Seconds, int Ops, double OpsPerSecond, double P50, double P99, double Longest, int Errors, double ServerMicroseconds, double DatabaseMicroseconds,
    double ServerMebibytes, double DatabaseMebibytes, IReadOnlyList<double> Storage)
{
    public static string Head { get; } =
        $"seconds,ops,ops_per_second,p50_ms,p99_ms,max_ms,errors,server_us_per_op,database_us_per_op,server_rss_mib,database_pss_mib,storage_mib,{string.Join(',', StorageSize.Tables.Select(t => $"{t}_mib"))}";

    public override string ToString()
    {
        double[] figures = [Math.Round(Seconds, 1), Ops, Math.Round(OpsPerSecond, 1), P50, P99, Longest, Errors, Math.Round(ServerMicroseconds, 1), Math.Round(DatabaseMicroseconds, 1), ServerMebibytes, DatabaseMebibytes, .. Storage];
        return string.Join(',', figures.Select(f => f.ToString(CultureInfo.InvariantCulture)));
    }
}
