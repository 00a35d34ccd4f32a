using System.CommandLine;

namespace Identity.Benchmarks.Stage;

/// <summary>What is started, where it may run, and where its data lies.</summary>
internal sealed record StageOptions(string ServerCores, string LoadCores, string DatabaseCores, int Nodes, int Accounts, string? Folder, string? ServerFolder)
{
    private static readonly Option<string> ServerCoresOption = Cores("--server-cores", "Cores of the server, as taskset takes them", "0");
    private static readonly Option<string> LoadCoresOption = Cores("--load-cores", "Cores of the generator", "1");
    private static readonly Option<string> DatabaseCoresOption = Cores("--database-cores", "Cores of PostgreSQL", "0");
    private static readonly Option<int> NodesOption = new("--nodes") { Description = "Servers on one PostgreSQL; the generator deals its workers out among them", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> AccountsOption = new("--accounts") { Description = "People with a password", DefaultValueFactory = _ => 8 };
    private static readonly Option<string?> FolderOption = new("--folder") { Description = "Keep databases, keys and logs here; without it they are thrown away. The folder of `seed` brings its people along" };
    private static readonly Option<string?> ServerOption = new("--server") { Description = "Folder of a published server, instead of publishing the source tree" };

    public static IReadOnlyList<Option> All { get; } = [ServerCoresOption, LoadCoresOption, DatabaseCoresOption, NodesOption, AccountsOption, FolderOption, ServerOption];

    public static StageOptions Read(ParseResult parsed) => new(parsed.GetValue(ServerCoresOption)!, parsed.GetValue(LoadCoresOption)!, parsed.GetValue(DatabaseCoresOption)!,
        parsed.GetValue(NodesOption), parsed.GetValue(AccountsOption), parsed.GetValue(FolderOption), parsed.GetValue(ServerOption));

    private static Option<string> Cores(string name, string description, string value)
    {
        // On a machine with one core everything shares it.
        var usable = Environment.ProcessorCount > 1 ? value : "";
        return new(name) { Description = $"{description}; empty for all", DefaultValueFactory = _ => usable };
    }
}
