using System.Diagnostics;

namespace Identity.Faults.Tests.Harness;

/// <summary>Programs that these tests start and end, as an operator's shell would.</summary>
internal static class Programs
{
    public static string Repository { get; } = FindRepository();

    public static void Require(string program, string package) => Assert.True(File.Exists(program),
        $"{program} is missing. This test needs Debian's package \"{package}\"; ./test installs it.");

    /// <summary>Runs to the end; what it printed, or an assertion with what it complained about.</summary>
    public static async Task<string> RunAsync(string program, string[] arguments, IReadOnlyDictionary<string, string>? settings = null, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (input is not null) await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors} {await output}");
        return await output;
    }

    /// <summary>The polite request to end (SIGTERM); <see cref="Process.Kill()"/> is the other one.</summary>
    public static Task TerminateAsync(Process process) => RunAsync("/bin/kill", ["-TERM", $"{process.Id}"]);

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Identity.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the repository.");
        return folder.FullName;
    }
}
