using System.CommandLine;
using Identity.Benchmarks.Compare;
using Identity.Benchmarks.Seed;
using Identity.Benchmarks.Stage;

namespace Identity.Benchmarks.Lists;

internal static class ListsCommand
{
    private static readonly Option<int> People = new("--people") { Description = "People known by the national e-ID", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> Clients = new("--clients") { Description = "Clients, each with an application behind it", DefaultValueFactory = _ => 50_000 };
    private static readonly Option<int> AuditRows = new("--audit-rows") { Description = "Rows of the trail, spread over a year", DefaultValueFactory = _ => 10_000_000 };
    private static readonly Option<int> Calls = new("--calls") { Description = "Requests for each list, every one with other parameters", DefaultValueFactory = _ => 40 };
    private static readonly Option<int> Writers = new("--writers") { Description = "COPY streams at a time", DefaultValueFactory = _ => Math.Min(4, Environment.ProcessorCount) };
    private static readonly Option<string[]> Only = new("--only") { Description = "Lists whose name begins so", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
    private static readonly Option<string?> Folder = new("--folder") { Description = "Keep the database here; one that has been filled before is measured as it is. Without it everything is thrown away" };
    private static readonly Option<FileInfo?> Out = new("--out") { Description = "Write the table between its markers in this file" };

    public static Command Make()
    {
        var command = new Command("lists", "Every list of the administration host over HTTP, on a PostgreSQL as full as a province after some years") { People, Clients, AuditRows, Calls, Writers, Only, Folder, Out };
        command.SetAction(async (parsed, ct) =>
        {
            var size = new ListSize(parsed.GetValue(People), parsed.GetValue(Clients), parsed.GetValue(AuditRows));
            var text = await RunAsync(size, parsed, ct);
            Console.WriteLine(text);
            if (parsed.GetValue(Out) is { } file) MarkedSection.Write(file, "lists", text);
            return 0;
        });
        return command;
    }

    private static async Task<string> RunAsync(ListSize size, ParseResult parsed, CancellationToken ct)
    {
        using var work = new WorkFolder(parsed.GetValue(Folder));
        await using var installation = await Installation.OpenAsync(ServerSettings.PostgreSql, new("", "", "", 1, 1, work.Root, null), work, ct);
        await new ListFilling(size, parsed.GetValue(Writers), installation).RunAsync(ct);
        await using var stage = await ListStage.StartAsync(installation.Settings, ct);
        var results = new List<ListResult>();
        foreach (var list in (await ListCatalog.ReadAsync(installation.Settings, ct)).Where(l => parsed.GetValue(Only) is not { Length: > 0 } only || only.Any(o => l.Name.StartsWith(o, StringComparison.Ordinal))))
        {
            results.Add(await stage.MeasureAsync(list, parsed.GetValue(Calls), ct));
            Console.WriteLine(results[^1].Line);
        }
        return ListTable.Write(await ListFilling.SizesAsync(installation.Settings, ct), results, parsed.GetValue(Calls));
    }
}

internal sealed record ListSize(int People, int Clients, int AuditRows);
