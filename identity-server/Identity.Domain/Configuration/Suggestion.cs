using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>Turns a slip of the pen into "did you mean".</summary>
public static class Suggestion
{
    /// <summary>The end of a sentence that refuses the word; empty when no known one is near.</summary>
    public static LocalizedText For(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } nearest ? new($"; có phải \"{nearest}\" không?", $"; did you mean \"{nearest}\"?") : LocalizedText.Empty;

    /// <summary>The known word that was probably meant, or null when none is near.</summary>
    /// <param name="most">How many letters may differ; by default a quarter of them.</param>
    public static string? Nearest(string word, IEnumerable<string> known, int? most = null)
    {
        var plain = Plain(word);
        var nearest = known.Select(k => (Name: k, Distance: Distance(plain, Plain(k)))).OrderBy(k => k.Distance).FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= (most ?? Math.Max(1, plain.Length / 4)) ? nearest.Name : null;
    }

    /// <summary>A foreign word as it may be repeated in a message: bounded and on one line.</summary>
    public static string Quote(string word) =>
        $"\"{new string([.. word.Take(60).Select(c => char.IsControl(c) ? '?' : c)])}{(word.Length > 60 ? "…" : "")}\"";

    // Whoever writes clientId means client_id.
    private static string Plain(string word) => word[..Math.Min(word.Length, 100)].Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    // Levenshtein with two rows.
    private static int Distance(string a, string b)
    {
        var (previous, row) = (new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            (previous, row) = (row, previous);
        }
        return previous[b.Length];
    }
}
