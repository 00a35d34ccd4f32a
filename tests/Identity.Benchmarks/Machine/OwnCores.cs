using System.Globalization;

namespace Identity.Benchmarks.Machine;

internal static class OwnCores
{
    /// <summary>Binds this process to the cores, every thread of it: a new thread inherits from the one that made it.</summary>
    public static async Task BindAsync(string cores, CancellationToken ct)
    {
        if (cores.Length == 0) return;
        await OwnedProcess.RunAsync(["taskset", "-a", "-c", "-p", cores, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)], new Dictionary<string, string>(), null, ct);
    }
}
