using System.Net;
using System.Text.RegularExpressions;

namespace Identity.Benchmarks.Load;

/// <summary>The first POST form of a page with the fields that a browser would send after its first submit button was pressed.</summary>
internal sealed partial class HtmlForm
{
    private readonly List<KeyValuePair<string, string>> _fields = [];
    private bool _hasSubmitted;

    private HtmlForm(Uri action) => Action = action;

    public Uri Action { get; }
    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields;

    /// <summary>Null when the page has no form to post.</summary>
    public static HtmlForm? Find(string html, Uri page)
    {
        foreach (Match match in Forms().Matches(html))
        {
            var head = match.Groups[1].Value;
            if (!Attribute(head, "method").Equals("post", StringComparison.OrdinalIgnoreCase)) continue;
            var action = Attribute(head, "action");
            var form = new HtmlForm(action.Length == 0 ? page : new Uri(page, action));
            foreach (Match control in Controls().Matches(match.Groups[2].Value)) form.Take(control.Groups[1].Value, control.Value);
            return form;
        }
        return null;
    }

    public void Fill(string name, string value)
    {
        for (var i = 0; i < _fields.Count; i++)
            if (_fields[i].Key == name) _fields[i] = new(name, value);
    }

    public void Add(IEnumerable<KeyValuePair<string, string>> fields) => _fields.AddRange(fields);

    private void Take(string element, string tag)
    {
        var isButton = element.Equals("button", StringComparison.OrdinalIgnoreCase);
        var type = Attribute(tag, "type") is { Length: > 0 } text ? text.ToLowerInvariant() : isButton ? "submit" : "text";
        if (type is "button" or "reset" or "image" or "file" || HasWord(tag, "disabled")) return;
        if (type is "checkbox" or "radio" && !HasWord(tag, "checked")) return;
        if (type == "submit")
        {
            // One button is pressed, the first one; the others send nothing, whatever their names.
            if (_hasSubmitted) return;
            _hasSubmitted = true;
        }
        if (Attribute(tag, "name") is { Length: > 0 } name) _fields.Add(new(name, Attribute(tag, "value")));
    }

    private static bool HasWord(string tag, string word) => Regex.IsMatch(Quoted().Replace(tag, "\"\""), $@"\s{word}(\s|=|/|>|$)", RegexOptions.IgnoreCase);

    private static string Attribute(string tag, string name)
    {
        var match = Regex.Match(tag, $"""\s{name}\s*=\s*("(?<v>[^"]*)"|'(?<v>[^']*)'|(?<v>[^\s>]+))""", RegexOptions.IgnoreCase);
        return match.Success ? WebUtility.HtmlDecode(match.Groups["v"].Value) : "";
    }

    [GeneratedRegex("<form([^>]*)>(.*?)</form>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<(input|button)[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Controls();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'")]
    private static partial Regex Quoted();
}
