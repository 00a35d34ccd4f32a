using Identity.Domain.Clients;

namespace Identity.Domain.Applications;

/// <summary>Two documents line by line. Documents are always written in one order and spelling, so that what differs is what was changed.</summary>
public static class LineDiff
{
    private const string Picture = "\"logo\": \"";

    /// <summary>Lines of either side; unchanged ones stand only as far as they say where a change is.</summary>
    public static IReadOnlyList<DiffLine> Between(string before, string after, int around = 2)
    {
        var all = Whole(before, after);
        return [.. all.Where((line, i) => Enumerable.Range(Math.Max(0, i - around), Math.Min(all.Count, i + around + 1) - Math.Max(0, i - around)).Any(near => all[near].Change != LineChange.Same))];
    }

    /// <summary>Every line: for whoever has not read either document yet.</summary>
    public static IReadOnlyList<DiffLine> Whole(string before, string after) => Lines(before.Split('\n'), after.Split('\n'));

    /// <summary>By the longest common subsequence; documents have a hundred lines.</summary>
    private static List<DiffLine> Lines(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        for (var j = after.Length - 1; j >= 0; j--)
            common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        var lines = new List<DiffLine>();
        var (left, right) = (0, 0);
        while (left < before.Length || right < after.Length)
        {
            if (left < before.Length && right < after.Length && before[left] == after[right]) (lines, left, right) = (With(lines, LineChange.Same, before[left]), left + 1, right + 1);
            else if (right == after.Length || (left < before.Length && common[left + 1, right] >= common[left, right + 1])) (lines, left) = (With(lines, LineChange.Removed, before[left]), left + 1);
            else (lines, right) = (With(lines, LineChange.Added, after[right]), right + 1);
        }
        return lines;
    }

    private static List<DiffLine> With(List<DiffLine> lines, LineChange change, string text)
    {
        lines.Add(new DiffLine(change, Readable(text)));
        return lines;
    }

    /// <summary>Nobody reads a picture in base64; whether it is another one, its digest says.</summary>
    private static string Readable(string line)
    {
        var at = line.IndexOf(Picture, StringComparison.Ordinal);
        if (at < 0 || !string.IsNullOrWhiteSpace(line[..at])) return line;
        var (begin, end) = (at + Picture.Length, line.LastIndexOf('"'));
        return $"{line[..begin]}{ClientLogo.MarkOf(line[begin..end])}{line[end..]}";
    }
}

public sealed record DiffLine(LineChange Change, string Text);

public enum LineChange
{
    Same,
    Added,
    Removed,
}
