using System.CommandLine;
using Identity.Domain.Configuration;

namespace Identity.Server.Commands;

/// <summary>Clients, scopes and connectors as one file. It is taken whole or not at all.</summary>
internal static class ConfigurationCommands
{
    public static Command Make(Option<FileInfo?> settings) => new("configuration", "Clients, scopes, connectors as a JSON file")
    {
        Import(settings), Export(settings), Check(settings),
    };

    private static Command Import(Option<FileInfo?> settings)
    {
        var file = FileArgument("File to lay over what is stored");
        var reason = new Option<string?>("--reason") { Description = "Why, for the history; a ticket number for example", HelpName = "text" };
        var command = new Command("import", "Lay a file over what is stored, or change nothing and list every error") { file, reason };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            var json = await File.ReadAllBytesAsync(parsed.GetRequiredValue(file).FullName, ct);
            var import = await session.Get<ConfigurationStore>().ImportAsync(json, OperatorSession.Actor, parsed.GetValue(reason), ct);
            if (import.Errors.Count > 0) return await ListAsync(import.Errors, "Nothing was imported.");
            Console.WriteLine(import.Changes == 0 ? "Everything in the file is stored already." : $"Imported: {import.Changes} item(s) new or changed.");
            return 0;
        });
        return command;
    }

    private static Command Export(Option<FileInfo?> settings)
    {
        var file = new Argument<FileInfo?>("file") { Description = "Where to write; without it the output stream", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("export", "Write everything that is stored; secrets leave as digests or masked") { file };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            var (document, _) = await session.Get<ConfigurationStore>().LoadAsync(ct);
            var json = ConfigurationWriter.Write(document);
            if (parsed.GetValue(file) is { } target) await File.WriteAllTextAsync(target.FullName, json, ct);
            else await Console.Out.WriteAsync(json);
            return 0;
        });
        return command;
    }

    private static Command Check(Option<FileInfo?> settings)
    {
        var file = FileArgument("File to judge");
        var command = new Command("check", "Say what an import would refuse, and change nothing") { file };
        command.SetAction(settings, async (parsed, session, ct) =>
        {
            var json = await File.ReadAllBytesAsync(parsed.GetRequiredValue(file).FullName, ct);
            var (current, _) = await session.Get<ConfigurationStore>().LoadAsync(ct);
            if (session.Get<ConfigurationReader>().Read(json, current) is ConfigurationRead.Refused refused) return await ListAsync(refused.Errors, "The file would be refused.");
            Console.WriteLine("The file would be imported.");
            return 0;
        });
        return command;
    }

    private static Argument<FileInfo> FileArgument(string description) => new Argument<FileInfo>("file") { Description = description }.AcceptExistingOnly();

    private static async Task<int> ListAsync(IReadOnlyList<ConfigurationError> errors, string conclusion)
    {
        foreach (var error in errors) await Console.Error.WriteLineAsync(error.ToString());
        await Console.Error.WriteLineAsync($"{errors.Count} error(s). {conclusion}");
        return 1;
    }
}
