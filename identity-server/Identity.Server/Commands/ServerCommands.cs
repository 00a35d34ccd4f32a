using System.CommandLine;
using Identity.Server.Startup;

namespace Identity.Server.Commands;

/// <summary>What an operator can type. An error they can put right is one sentence on the error stream and a code other than 0.</summary>
internal static class ServerCommands
{
    private const int Failed = 1;

    /// <summary>The library ends the process this long after a signal. The host bounds its own stopping (Node:DrainDelay + Node:ShutdownTimeout) and must be left to it.</summary>
    private static readonly TimeSpan SignalPatience = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return await Root().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = SignalPatience });
        }
        catch (OperationCanceledException)
        {
            return Failed;
        }
        catch (Exception problem) when (OperatorSentence.For(problem) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return Failed;
        }
    }

    private static RootCommand Root()
    {
        var settings = new Option<FileInfo?>("--settings")
        {
            Description = "A JSON file with settings that win over all others",
            HelpName = "file",
            Recursive = true,
        };
        var root = new RootCommand("Sign-in server of the province. Without a command it runs.") { settings };
        var run = RunCommand.Make(settings);
        root.Subcommands.Add(run);
        root.Subcommands.Add(MigrateCommand.Make(settings));
        root.Subcommands.Add(ConfigurationCommands.Make(settings));
        root.Subcommands.Add(KeysCommands.Make(settings));
        root.Subcommands.Add(FailureCommands.Make(settings));
        root.Subcommands.Add(ConflictCommands.Make(settings));
        root.Subcommands.Add(AuditCommands.Make(settings));
        root.Subcommands.Add(AccountCommands.MakeAdmin(settings));
        root.Subcommands.Add(AccountCommands.MakeAccount(settings));
        root.Subcommands.Add(RoleCommands.Make(settings));
        root.Subcommands.Add(CapacityCommands.MakeCapacity(settings));
        root.Subcommands.Add(CapacityCommands.MakeMandate(settings));
        root.Subcommands.Add(OrganisationCommands.Make(settings));
        root.Subcommands.Add(StaffCommands.MakeHr(settings));
        root.Subcommands.Add(StaffCommands.MakeStaff(settings));
        root.SetAction((parsed, ct) => RunCommand.RunAsync(parsed.GetValue(settings), ct));
        return root;
    }
}
