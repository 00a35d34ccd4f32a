namespace Identity.Faults.Tests.Harness;

/// <summary>What <c>./test --long</c> adds: more rounds, longer load, more steps. Its results go into docs/faults.md.</summary>
internal static class LongRun
{
    public static bool Is { get; } = Environment.GetEnvironmentVariable("IDENTITY_TEST_LONG") == "1";

    private static readonly string? ReportFile = Environment.GetEnvironmentVariable("IDENTITY_TEST_REPORT");

    public static T Choose<T>(T usual, T lengthy) => Is ? lengthy : usual;

    /// <summary>A row for the table in docs/faults.md.</summary>
    public static void Report(string fault, string numbers)
    {
        if (ReportFile is not null) File.AppendAllText(ReportFile, $"| {fault} | {numbers} |\n");
    }
}

/// <summary>A test that only the long run has time for.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute() => Skip = LongRun.Is ? null : "Takes long; ./test --long runs it.";
}

/// <summary>A test that mounts a file system of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute() => Skip = Environment.IsPrivilegedProcess ? null : "Needs the right to mount a small file system; run it as root.";
}
