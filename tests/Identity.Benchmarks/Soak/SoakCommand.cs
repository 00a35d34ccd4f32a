using System.CommandLine;
using Identity.Benchmarks.Compare;
using Identity.Benchmarks.Stage;

namespace Identity.Benchmarks.Soak;

internal static class SoakCommand
{
    private static readonly Option<double> Minutes = new("--minutes") { Description = "How long", DefaultValueFactory = _ => 60 };
    private static readonly Option<double> Load = new("--load") { Description = "Share of the capacity that is asked", DefaultValueFactory = _ => 0.7 };
    private static readonly Option<int> Workers = new("--workers") { Description = "Visitors", DefaultValueFactory = _ => 16 };
    private static readonly Option<double> CapacitySeconds = new("--capacity-seconds") { Description = "Time to find the capacity, after as much to warm up", DefaultValueFactory = _ => 15 };
    private static readonly Option<double> SampleSeconds = new("--sample-seconds") { Description = "Time between two lines of the CSV", DefaultValueFactory = _ => 30 };
    private static readonly Option<string> Engine = new("--engine") { Description = "sqlite or postgresql", DefaultValueFactory = _ => "postgresql" };
    private static readonly Option<FileInfo> Csv = new("--csv") { Description = "Samples", DefaultValueFactory = _ => new("soak.csv") };
    private static readonly Option<FileInfo?> Out = new("--out") { Description = "Write the summary between its markers in this file" };

    public static Command Make()
    {
        Engine.AcceptOnlyFromAmong("sqlite", "postgresql");
        var command = new Command("soak", "A mix of traffic at a share of the capacity, for a long time") { Minutes, Load, Workers, CapacitySeconds, SampleSeconds, Engine, Csv, Out };
        foreach (var option in StageOptions.All) command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var outcome = await SoakRun.MakeAsync(Read(parsed), ct);
            var text = SoakSummary.Write(outcome);
            Console.WriteLine(text);
            if (parsed.GetValue(Out) is { } file) MarkedSection.Write(file, "soak", text);
            foreach (var (words, count) in outcome.Errors) await Console.Error.WriteLineAsync($"ERROR {count} × {words}");
            return outcome.Errors.Count > 0 || outcome.WasInterrupted ? 1 : 0;
        });
        return command;
    }

    private static SoakOptions Read(ParseResult parsed) => new(
        TimeSpan.FromMinutes(parsed.GetValue(Minutes)), parsed.GetValue(Load), parsed.GetValue(Workers), TimeSpan.FromSeconds(parsed.GetValue(CapacitySeconds)),
        TimeSpan.FromSeconds(parsed.GetValue(SampleSeconds)), parsed.GetValue(Engine) == "sqlite" ? ServerSettings.Sqlite : ServerSettings.PostgreSql, parsed.GetValue(Csv)!, StageOptions.Read(parsed));
}
