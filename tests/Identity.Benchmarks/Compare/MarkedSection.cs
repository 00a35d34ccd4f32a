namespace Identity.Benchmarks.Compare;

/// <summary>A part of a document that a program writes, between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>.</summary>
internal static class MarkedSection
{
    public static void Write(FileInfo file, string name, string text)
    {
        var (opening, closing) = ($"<!-- {name} -->", $"<!-- /{name} -->");
        var document = File.ReadAllText(file.FullName);
        var start = document.IndexOf(opening, StringComparison.Ordinal);
        var end = document.IndexOf(closing, StringComparison.Ordinal);
        if (start < 0 || end < start) throw new BenchmarkException($"{file.Name} has no place for {name}: it needs the lines {opening} and {closing}.");
        File.WriteAllText(file.FullName, $"{document[..(start + opening.Length)]}\n\n{text}\n\n{document[end..]}");
    }
}
