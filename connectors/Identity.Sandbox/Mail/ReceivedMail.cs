using System.Text;
using System.Text.RegularExpressions;

namespace Identity.Sandbox.Mail;

/// <summary>A mail as it came over the wire, and what a reader would see of it.</summary>
public sealed partial class ReceivedMail
{
    readonly string raw;
    readonly Dictionary<string, string> headers;

    public ReceivedMail(string sender, IReadOnlyList<string> recipients, string raw, DateTimeOffset at)
    {
        (Sender, Recipients, this.raw, At) = (sender, recipients, raw, at);
        (headers, var body) = Split(raw);
        foreach (var (type, text) in PartsOf(headers, body))
        {
            if (type.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase)) Text = text;
            if (type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase)) Html = text;
        }
    }

    public string Sender { get; }

    public IReadOnlyList<string> Recipients { get; }

    public DateTimeOffset At { get; }

    public string Raw => raw;

    public string Subject => Header("Subject");

    public string Text { get; } = "";

    public string Html { get; } = "";

    public IReadOnlyCollection<string> HeaderNames => headers.Keys;

    /// <summary>Decoded (RFC 2047); empty when the mail has none.</summary>
    public string Header(string name) => headers.TryGetValue(name, out var value) ? Decode(value) : "";

    static IEnumerable<(string Type, string Text)> PartsOf(Dictionary<string, string> headers, string body)
    {
        var type = headers.GetValueOrDefault("Content-Type", "text/plain");
        if (Boundary().Match(type) is not { Success: true } boundary)
            return [(type, Decode(body, headers.GetValueOrDefault("Content-Transfer-Encoding", "7bit")))];
        return body.Split($"--{boundary.Groups[1].Value}").Skip(1).Where(part => !part.StartsWith("--", StringComparison.Ordinal))
            .SelectMany(part => Split(part.TrimStart('\r', '\n')) is var (inner, rest) ? PartsOf(inner, rest) : []);
    }

    static (Dictionary<string, string> Headers, string Body) Split(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var (head, body) = end < 0 ? (text, "") : (text[..end], text[(end + 4)..]);
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        // A line that begins with white space continues the one before (RFC 5322 §2.2.3).
        foreach (var line in Folding().Replace(head, " ").Split("\r\n"))
            if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0) found[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        return (found, body);
    }

    static string Decode(string body, string encoding) => encoding.Trim().ToLowerInvariant() switch
    {
        "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(WhiteSpace().Replace(body, ""))),
        "quoted-printable" => Encoding.UTF8.GetString(QuotedBytes(body.Replace("=\r\n", "", StringComparison.Ordinal))),
        _ => body,
    };

    static string Decode(string header) => EncodedWord().Replace(BetweenWords().Replace(header, "?="), word => Encoding.UTF8.GetString(
        word.Groups[1].Value is "B" or "b" ? Convert.FromBase64String(word.Groups[2].Value) : QuotedBytes(word.Groups[2].Value.Replace('_', ' '))));

    static byte[] QuotedBytes(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '=' || i + 2 >= text.Length)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, 1));
                continue;
            }
            bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
            i += 2;
        }
        return [.. bytes];
    }

    [GeneratedRegex("""boundary="?([^";]+)"?""", RegexOptions.IgnoreCase)]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Folding();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"=\?utf-8\?([BbQq])\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();

    /// <summary>RFC 2047 §6.2: white space between two encoded words is none.</summary>
    [GeneratedRegex(@"\?=\s+(?==\?)")]
    private static partial Regex BetweenWords();
}
