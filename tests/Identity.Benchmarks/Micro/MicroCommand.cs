using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Identity.Benchmarks.Compare;
using Identity.Benchmarks.Machine;
using Identity.Benchmarks.Stage;
using Identity.Protocols.Jose;

namespace Identity.Benchmarks.Micro;

internal static class MicroCommand
{
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Of a fifth of a second each; the least counts", DefaultValueFactory = _ => 15 };
    private static readonly Option<string> Core = new("--core") { Description = "Core to run on; empty for any", DefaultValueFactory = _ => Environment.ProcessorCount > 1 ? "1" : "" };
    private static readonly Option<FileInfo?> Out = new("--out") { Description = "Write the table between its markers in this file" };

    public static Command Make()
    {
        var command = new Command("micro", "The leaves: signatures, parsing, look-up, vault, password hash") { Rounds, Core, Out };
        command.SetAction(async (parsed, ct) =>
        {
            RequireOptimisedCode();
            await OwnCores.BindAsync(parsed.GetValue(Core)!, ct);
            using var work = new WorkFolder(null);
            await using var app = await InProcess.OpenAsync(ServerSettings.OnSqlite(work.Sub("sqlite")), ct);
            var table = Write(new Leaves(app.Services, parsed.GetValue(Rounds)).Measure());
            Console.WriteLine(table);
            if (parsed.GetValue(Out) is { } file) MarkedSection.Write(file, "micro", table);
            return 0;
        });
        return command;
    }

    private static void RequireOptimisedCode()
    {
        var debuggable = (DebuggableAttribute?)Attribute.GetCustomAttribute(typeof(PrivateSigningKey).Assembly, typeof(DebuggableAttribute));
        if (debuggable?.IsJITOptimizerDisabled == true) throw new BenchmarkException("This is a Debug build, its figures mean nothing: use `dotnet run -c Release`.");
    }

    private static string Write(IEnumerable<MicroFigure> figures)
    {
        var text = new StringBuilder("| leaf | ns | bytes allocated |\n| --- | --- | --- |\n");
        foreach (var (name, nanoseconds, bytes) in figures)
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {nanoseconds:#,0} | {bytes:#,0} |\n");
        return text.ToString().TrimEnd();
    }
}
