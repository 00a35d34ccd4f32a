using System.Globalization;
using System.Text;

namespace Identity.Benchmarks.Lists;

internal sealed record ListResult(string Name, IReadOnlyList<TimeSpan> Times, IReadOnlyList<int> Statements)
{
    /// <summary>Acceptance: whoever asks has an answer at once.</summary>
    private const double Budget = 300;

    public string Line => string.Create(CultureInfo.InvariantCulture, $"| {Name} | {Of(0.5):0} | {Of(0.95):0} | {Of(1):0} | {(Of(0.95) <= Budget ? "yes" : "**no**")} | {Statements.Order().ElementAt(Statements.Count / 2)} |");

    private double Of(double share) => Times.Order().ElementAt((int)Math.Ceiling(share * Times.Count) - 1).TotalMilliseconds;
}

internal static class ListTable
{
    public static string Write(string size, IReadOnlyList<ListResult> results, int calls)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{size}. {calls} requests for each list, one after the other; .NET {Environment.Version}; {Environment.ProcessorCount} cores for the host, PostgreSQL and whatever else the machine does.");
        text.AppendLine();
        text.AppendLine("| list | p50 ms | p95 ms | max ms | p95 ≤ 300 | statements |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var result in results) text.AppendLine(result.Line);
        return text.ToString().TrimEnd();
    }
}
