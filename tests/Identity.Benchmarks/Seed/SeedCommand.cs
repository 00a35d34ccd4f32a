using System.CommandLine;
using Identity.Benchmarks.Stage;

namespace Identity.Benchmarks.Seed;

internal static class SeedCommand
{
    private static readonly Option<int> People = Count("--people", "People known by the national e-ID, each with four sealed attributes", 10_000_000);
    private static readonly Option<int> Clients = Count("--clients", "Applications", 50_000);
    private static readonly Option<int> Sessions = Count("--sessions", "Live sessions, each with an application, a grant and a consent", 5_000_000);
    private static readonly Option<int> Writers = new("--writers") { Description = "COPY streams at a time", DefaultValueFactory = _ => Math.Min(4, Environment.ProcessorCount) };
    private static readonly Option<string> Folder = new("--folder") { Description = "Where the PostgreSQL cluster and its master key are kept; give the same to compare and soak", Required = true };
    private static readonly Option<string?> Server = new("--server") { Description = "Folder of a published server, instead of publishing the source tree" };

    public static Command Make()
    {
        var command = new Command("seed", "A PostgreSQL as full as the province may ever make it, for the test that cost does not grow") { People, Clients, Sessions, Writers, Folder, Server };
        command.SetAction((parsed, ct) => RunAsync(
            new(parsed.GetValue(People), parsed.GetValue(Clients), parsed.GetValue(Sessions)), parsed.GetValue(Writers), parsed.GetRequiredValue(Folder), parsed.GetValue(Server), ct));
        return command;
    }

    private static async Task<int> RunAsync(SeedSize size, int writers, string folder, string? serverFolder, CancellationToken ct)
    {
        if (size.People == 0 && size.Sessions > 0) throw new BenchmarkException("Sessions need people.");
        using var work = new WorkFolder(folder);
        var server = await PublishedServer.PublishAsync(serverFolder, work.Root, ct);
        await using var installation = await Installation.OpenAsync(ServerSettings.PostgreSql, new("", "", "", 1, 1, folder, serverFolder), work, ct);
        await installation.PrepareAsync(server, accounts: 1, ct);
        var seeding = new Seeding(size, writers, installation);
        await seeding.RunAsync(ct);
        await seeding.VerifyAsync(server, ct);
        return 0;
    }

    private static Option<int> Count(string name, string description, int value)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) < 0) result.AddError($"{name} must not be negative.");
        });
        return option;
    }
}
