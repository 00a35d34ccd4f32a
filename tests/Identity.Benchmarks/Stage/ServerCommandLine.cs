using Identity.Benchmarks.Machine;

namespace Identity.Benchmarks.Stage;

/// <summary>Prepares an installation the way an operator does: by the server's own commands.</summary>
internal sealed class ServerCommandLine(PublishedServer server, ServerSettings settings)
{
    public Task MigrateAsync(CancellationToken ct) => RunAsync(["migrate"], null, ct);

    public async Task ConfigureAsync(CancellationToken ct)
    {
        var file = Path.Combine(settings.Folder, "benchmark.json");
        await File.WriteAllTextAsync(file, Configuration(), ct);
        await RunAsync(["configuration", "import", file, "--reason", "benchmark"], null, ct);
    }

    public Task CreateAccountAsync(int number, CancellationToken ct) => RunAsync(
        [
            "account", "create", "--username", BenchmarkClients.UserName(number), "--attribute", $"name={BenchmarkClients.FullName(number)}",
            "--attribute", "birthdate=1990-01-01", "--password-stdin",
        ], BenchmarkClients.Password(number), ct);

    public static string Configuration()
    {
        using var reader = new StreamReader(typeof(ServerCommandLine).Assembly.GetManifestResourceStream("benchmark.json")!);
        return reader.ReadToEnd();
    }

    private Task<string> RunAsync(string[] arguments, string? input, CancellationToken ct) =>
        OwnedProcess.RunAsync(["dotnet", server.Program, .. arguments], settings.Environment(), input, ct);
}
