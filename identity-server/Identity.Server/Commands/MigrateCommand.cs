using System.CommandLine;
using Identity.Server.Startup;

namespace Identity.Server.Commands;

internal static class MigrateCommand
{
    public static Command Make(Option<FileInfo?> settings)
    {
        var command = new Command("migrate", "Bring the database to this version; take a backup first");
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = OperatorSession.Open(parsed.GetValue(settings));
            var applied = await session.Get<NodeStart>().MigrateAsync(ct);
            Console.WriteLine(applied == 0 ? "The database is up to date." : $"Applied {applied} migration(s). The database is up to date.");
            return 0;
        });
        return command;
    }
}
