using System.Globalization;
using System.Text;
using Identity.Benchmarks.Load;
using Identity.Benchmarks.Stage;

namespace Identity.Benchmarks.Compare;

/// <summary>Three tables: cost against budget, waiting times, processes.</summary>
internal sealed class ComparisonTables(ComparisonOutcome outcome)
{
    private const string None = "–";
    private readonly StringBuilder _text = new();

    public static string Write(ComparisonOutcome outcome)
    {
        var tables = new ComparisonTables(outcome);
        tables.WriteHead();
        tables.WriteCosts();
        tables.WriteTimes();
        tables.WriteProcesses();
        return tables._text.ToString().TrimEnd();
    }

    private bool Has(string engine) => outcome.Options.Engines.Contains(engine);

    private void WriteHead()
    {
        var options = outcome.Options;
        var seeded = options.SeededSessions > 0 ? Invariant($", code flow over {options.SeededSessions} seeded sessions") : "";
        Line(Invariant($"""
            Least of {options.Rounds} interleaved rounds of {options.Time.TotalSeconds} s with {options.Workers} workers{seeded}; {options.Stage.Nodes} node(s); server on core {Cores(options.Stage.ServerCores)},
            PostgreSQL on core {Cores(options.Stage.DatabaseCores)}, load on core {Cores(options.Stage.LoadCores)}; {(outcome.IsReadyToRun ? "ReadyToRun" : "not ahead-of-time compiled")}; .NET {Environment.Version}; {Processor()}.

            """));
    }

    private void WriteCosts()
    {
        Row("CPU µs per operation", "floor", "SQLite", "× floor", "budget", "met", "PostgreSQL: server + database", "× floor", "budget", "met");
        Row([.. Enumerable.Repeat("---", 10)]);
        foreach (var path in outcome.Options.Paths)
        {
            var floor = outcome.Best(path.FloorMode, Comparison.Floor);
            var hash = path.FloorMode == MeasuredPath.PasswordFloor ? floor?.ServerMicroseconds ?? 0 : 0;
            var (sqlite, postgres) = (outcome.Best(path.Name, ServerSettings.Sqlite), outcome.Best(path.Name, ServerSettings.PostgreSql));
            var budget = path.Budget with { Sqlite = path.Budget.Sqlite + hash, Server = path.Budget.Server + hash };
            Row(
                path.Title, Figure(floor?.ServerMicroseconds),
                Figure(sqlite?.ServerMicroseconds), Multiple(sqlite, floor), Figure(budget.Sqlite), Verdict(sqlite, sqlite?.ServerMicroseconds <= budget.Sqlite, Has(ServerSettings.Sqlite)),
                postgres is null ? None : $"{Figure(postgres.ServerMicroseconds)} + {Figure(postgres.DatabaseMicroseconds)}", Multiple(postgres, floor), $"{Figure(budget.Server)} + {Figure(budget.Database)}",
                Verdict(postgres, postgres?.ServerMicroseconds <= budget.Server && postgres?.DatabaseMicroseconds <= budget.Database, Has(ServerSettings.PostgreSql)));
        }
        Line("");
    }

    private void WriteTimes()
    {
        Row("path", "on", "operations/s", "p50 ms", "p95 ms", "p99 ms", "errors", "RSS MiB", "others' cores");
        Row([.. Enumerable.Repeat("---", 9)]);
        foreach (var (path, target) in outcome.Measurements.Select(m => (m.Path, m.Target)).Distinct())
        {
            var best = outcome.Best(path, target);
            Row(path, target, Figure(best?.OpsPerSecond), Figure(best?.P50, "0.00"), Figure(best?.P95, "0.00"), Figure(best?.P99, "0.00"),
                Figure(outcome.Errors(path, target)), Figure(best?.ServerMebibytes), Figure(best?.OthersCpuCores, "0.00"));
        }
        Line("");
    }

    private void WriteProcesses()
    {
        Row("process", "CPU s to first answer", "s to first answer", "RSS MiB idle", "RSS MiB loaded");
        Row([.. Enumerable.Repeat("---", 5)]);
        foreach (var start in outcome.Starts)
        {
            var loaded = outcome.Measurements.Where(m => m.Target == start.Target).Select(m => m.Result.ServerMebibytes).DefaultIfEmpty().Max();
            Row(start.Target, Figure(start.CpuSeconds, "0.00"), Figure(start.Time.TotalSeconds, "0.00"), Figure(start.IdleMebibytes), Figure(loaded));
        }
    }

    private static string Verdict(LoadResult? result, bool isMet, bool isMeasured) => !isMeasured ? None : result is null ? "failed" : isMet ? "yes" : "**no**";

    private static string Multiple(LoadResult? result, LoadResult? floor) =>
        result is null || floor is null or { ServerMicroseconds: 0 } ? None : Figure(result.TotalMicroseconds / floor.ServerMicroseconds, "0.0");

    private static string Figure(double? value, string format = "#,0") => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : None;

    private static string Cores(string list) => list.Length == 0 ? "any" : list;

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "processor unknown";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private void Row(params string[] cells) => Line($"| {string.Join(" | ", cells)} |");

    private void Line(string text) => _text.Append(text).Append('\n');
}
