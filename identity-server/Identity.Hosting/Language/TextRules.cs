using System.Text;
using System.Text.RegularExpressions;

namespace Identity.Hosting.Language;

/// <summary>What a text must keep to before anybody may read it. Checked at start-up, so a wrong text never ships quietly.</summary>
public static partial class TextRules
{
    private const int WordsPerSentence = 20;

    /// <summary>Words of our trade and abbreviations: a citizen never needs them, a developer does.</summary>
    public static IReadOnlyList<string> Trade { get; } =
    [
        "token", "client", "session", "phiên", "timeout", "xác thực đa nhân tố", "IdP", "OIDC", "consent", "scope",
        "passkey", "OTP", "TTHC", "DVC", "ĐDĐT",
    ];

    // What helps nobody, and marks that shout.
    private static readonly string[] Empty = ["hệ thống gặp sự cố", "không hợp lệ", "vui lòng", "please note", "!"];

    public static IEnumerable<string> Problems(TextCatalog catalog, IReadOnlyList<string> banned)
    {
        var (first, second) = (catalog.In("vi"), catalog.In("en"));
        foreach (var key in first.Keys.Except(second.Keys)) yield return $"en lacks {key}";
        foreach (var key in second.Keys.Except(first.Keys)) yield return $"vi lacks {key}";
        foreach (var key in first.Keys.Intersect(second.Keys))
            if (!Placeholders(first[key]).SetEquals(Placeholders(second[key])))
                yield return $"{key}: the languages disagree about placeholders";
        foreach (var language in TextCatalog.Languages)
            foreach (var (key, text) in catalog.In(language))
                foreach (var problem in Problems(text, banned))
                    yield return $"{language} {key}: {problem}";
    }

    public static IEnumerable<string> Problems(string text, IReadOnlyList<string> banned)
    {
        if (!text.IsNormalized(NormalizationForm.FormC)) yield return "not NFC";
        if (text.Trim() != text || text.Length == 0) yield return "empty or padded";
        var words = Placeholder().Replace(text, "x");
        foreach (var word in Empty.Concat(banned))
            if (Contains(words, word)) yield return $"says '{word}'";
        foreach (var sentence in SentenceEnd().Split(words))
            if (sentence.Split(' ').Length > WordsPerSentence) yield return $"a sentence of more than {WordsPerSentence} words";
    }

    public static HashSet<string> Placeholders(string text) =>
        Placeholder().Matches(text).Select(m => m.Value).ToHashSet();

    private static bool Contains(string text, string word) => word == "!"
        ? text.Contains('!')
        : Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(word)}s?(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(?<=[.?:])\s+")]
    private static partial Regex SentenceEnd();
}
