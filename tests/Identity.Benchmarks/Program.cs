using System.CommandLine;
using System.Runtime.Versioning;
using Identity.Benchmarks.Compare;
using Identity.Benchmarks.Floor;
using Identity.Benchmarks.Lists;
using Identity.Benchmarks.Load;
using Identity.Benchmarks.Micro;
using Identity.Benchmarks.Seed;
using Identity.Benchmarks.Soak;

// CPU time and memory come from /proc, cores from taskset.
[assembly: SupportedOSPlatform("linux")]

namespace Identity.Benchmarks;

internal static class Program
{
    /// <summary>Long enough to stop a server and a PostgreSQL in good order after Ctrl-C.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromMinutes(1);

    private static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("What the sign-in server costs. README.md says which command makes which table.")
        {
            LoadCommand.Make(), FloorCommand.Make(), CompareCommand.Make(), MicroCommand.Make(), SeedCommand.Make(), SoakCommand.Make(), ListsCommand.Make(),
        };
        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopTime });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 130;
        }
        catch (BenchmarkException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }
}

/// <summary>A run that cannot be made or cannot be trusted; the message says why.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
