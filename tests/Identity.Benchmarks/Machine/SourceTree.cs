namespace Identity.Benchmarks.Machine;

internal static class SourceTree
{
    /// <summary>The folder of the solution that this program was built from.</summary>
    public static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Identity.sln"))) return folder.FullName;
        throw new BenchmarkException("Identity.sln was not found above the program: run it from its own source tree.");
    }
}
