using System.CommandLine;

namespace Identity.Server.Commands;

internal static class RunCommand
{
    public static Command Make(Option<FileInfo?> settings)
    {
        var command = new Command("run", "Answer requests until stopped");
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(settings), ct));
        return command;
    }

    public static async Task<int> RunAsync(FileInfo? settings, CancellationToken ct)
    {
        await using var app = ServerApplication.Build([], builder => builder.AddSettings(settings));
        await app.StartAsync(ct);
        Console.WriteLine($"Listening on {string.Join(", ", app.Urls)}");
        await app.WaitForShutdownAsync(ct);
        return 0;
    }
}
