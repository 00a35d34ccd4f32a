using Identity.Benchmarks.Machine;

namespace Identity.Benchmarks.Stage;

/// <summary>The server as an operator runs it: Release, compiled ahead of time, its own process.</summary>
internal sealed record PublishedServer(string Folder, bool IsReadyToRun)
{
    private static readonly Dictionary<string, string> Quiet = new() { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1" };

    public string Program => Path.Combine(Folder, "Identity.Server.dll");

    /// <summary>Publishes the source tree, or takes what is already in a folder.</summary>
    public static async Task<PublishedServer> PublishAsync(string? folder, string work, CancellationToken ct)
    {
        if (folder is not null)
            return File.Exists(Path.Combine(folder, "Identity.Server.dll")) ? new(folder, true) : throw new BenchmarkException($"There is no Identity.Server.dll in {folder}.");
        var target = Path.Combine(work, "server");
        string[] ahead = ["-r", "linux-x64", "--self-contained", "false", "-p:PublishReadyToRun=true"];
        try
        {
            await RunAsync(target, work, ahead, ct);
            return new(target, true);
        }
        catch (BenchmarkException problem)
        {
            // Needs a compiler package that a machine without a registry may lack.
            await Console.Error.WriteLineAsync($"Ahead-of-time compilation did not work, going on without: {problem.Message}");
            await RunAsync(target, work, [], ct);
            return new(target, false);
        }
    }

    private static Task<string> RunAsync(string target, string work, string[] how, CancellationToken ct) => OwnedProcess.RunAsync(
        [
            "dotnet", "publish", Path.Combine(SourceTree.Root(), "identity-server", "Identity.Server"), "-c", "Release", "-v", "quiet", "-o", target, .. how,
            "-p:RunAnalyzers=false",
            // Neither the lock files nor the build output of the source tree may change by a measurement.
            "-p:NuGetLockFilePath=obj/benchmark.lock.json", "--artifacts-path", Path.Combine(work, "artifacts"),
        ], Quiet, null, ct);
}
