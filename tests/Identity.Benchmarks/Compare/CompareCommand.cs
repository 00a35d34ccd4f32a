using System.CommandLine;
using Identity.Benchmarks.Stage;

namespace Identity.Benchmarks.Compare;

internal static class CompareCommand
{
    private static readonly Option<int> Rounds = new("--rounds") { Description = "How often each is measured; the least CPU counts", DefaultValueFactory = _ => 5 };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "Measured time of one run", DefaultValueFactory = _ => 4 };
    private static readonly Option<double> WarmUp = new("--warmup") { Description = "Seconds before it", DefaultValueFactory = _ => 2 };
    private static readonly Option<int> Workers = new("--workers") { Description = "Requests under way at a time", DefaultValueFactory = _ => 8 };
    private static readonly Option<string> Engine = new("--engine") { Description = "sqlite, postgresql or both", DefaultValueFactory = _ => "both" };
    private static readonly Option<string[]> Scenarios = new("--scenarios") { Description = "Only these paths", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
    private static readonly Option<int> SeededSessions = new("--seeded-sessions") { Description = "Sessions that `seed` has stored in --folder: sso takes another one every time" };
    private static readonly Option<string> Section = new("--section") { Description = "Name of the markers in the file of --out", DefaultValueFactory = _ => "compare" };
    private static readonly Option<FileInfo?> Out = new("--out") { Description = "Write the tables between their markers in this file" };

    public static Command Make()
    {
        Engine.AcceptOnlyFromAmong("sqlite", "postgresql", "both");
        Scenarios.AcceptOnlyFromAmong([.. MeasuredPath.All.Select(p => p.Name)]);
        var command = new Command("compare", "The floor, the server on SQLite and on PostgreSQL, interleaved; a Markdown table with budgets")
        {
            Rounds, Seconds, WarmUp, Workers, Engine, Scenarios, SeededSessions, Section, Out,
        };
        foreach (var option in StageOptions.All) command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var outcome = await Comparison.MakeAsync(Read(parsed), ct);
            var text = ComparisonTables.Write(outcome);
            Console.WriteLine(text);
            if (parsed.GetValue(Out) is { } file) MarkedSection.Write(file, parsed.GetValue(Section)!, text);
            foreach (var problem in outcome.Problems) await Console.Error.WriteLineAsync($"ERROR {problem}");
            return outcome.Problems.Any() ? 1 : 0;
        });
        return command;
    }

    private static ComparisonOptions Read(ParseResult parsed)
    {
        var engine = parsed.GetValue(Engine);
        var wanted = parsed.GetValue(Scenarios)!;
        return new(
            parsed.GetValue(Rounds), TimeSpan.FromSeconds(parsed.GetValue(Seconds)), TimeSpan.FromSeconds(parsed.GetValue(WarmUp)), parsed.GetValue(Workers),
            engine == "both" ? [ServerSettings.Sqlite, ServerSettings.PostgreSql] : [engine == "sqlite" ? ServerSettings.Sqlite : ServerSettings.PostgreSql],
            [.. MeasuredPath.All.Where(p => wanted.Length == 0 || wanted.Contains(p.Name))], parsed.GetValue(SeededSessions), StageOptions.Read(parsed));
    }
}

internal sealed record ComparisonOptions(int Rounds, TimeSpan Time, TimeSpan WarmUp, int Workers, IReadOnlyList<string> Engines, IReadOnlyList<MeasuredPath> Paths, int SeededSessions, StageOptions Stage);
