using System.Reflection;
using Microsoft.AspNetCore.DataProtection;

namespace Identity.Hosting.Startup;

/// <summary>
/// The oldest runtime that this server may run on. Before 10.0.7 anybody could forge what data protection seals (CVE-2026-40372), and
/// up to 10.0.10 more was mended; the program would start on any 10.0 if it were not asked (M18, L20).
/// </summary>
public static class RuntimeFloor
{
    public static readonly Version Least = new(10, 0, 10);

    /// <summary>What runs here: the runtime, and the web framework, which is installed apart from it.</summary>
    public static IReadOnlyList<(string Name, Version Version)> Running { get; } =
        [(".NET", Environment.Version), ("ASP.NET Core", VersionOf(typeof(IDataProtectionProvider).Assembly))];

    public static void Check()
    {
        if (ProblemOf(Running) is { } problem) throw new StartupException(problem);
    }

    public static string? ProblemOf(IEnumerable<(string Name, Version Version)> running) =>
        running.FirstOrDefault(r => r.Version < Least) is { Name: { } name } old ? $"{name} {old.Version} has known holes; install {Least} or later." : null;

    private static Version VersionOf(Assembly assembly) =>
        Version.TryParse(assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+', '-')[0], out var version) ? version : new Version(0, 0);
}
