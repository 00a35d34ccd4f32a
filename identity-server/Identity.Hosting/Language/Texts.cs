using Microsoft.AspNetCore.Html;

namespace Identity.Hosting.Language;

/// <summary>The texts in the language of this request, unless another was asked for. What the indexers return is plain text: the page encodes it.</summary>
public sealed class Texts(TextCatalog catalog, PageLanguage page)
{
    private readonly string? _asked;

    private Texts(TextCatalog catalog, PageLanguage page, string language) : this(catalog, page) => _asked = language;

    public string Language => _asked ?? page.Current;

    /// <summary>For a part of a page that is in this language whatever the rest is; its element says so (WCAG 3.1.2).</summary>
    public Texts In(string language) => new(catalog, page, language);

    public string this[string key] => catalog.In(Language).TryGetValue(key, out var text)
        ? text
        : throw new KeyNotFoundException($"No text '{key}' in language '{Language}'.");

    /// <summary>For attributes and titles, where a name cannot be marked up.</summary>
    public string this[string key, params ReadOnlySpan<(string Name, string? Value)> values]
    {
        get
        {
            var text = this[key];
            foreach (var (name, value) in values) text = text.Replace($"{{{name}}}", VisibleText.Of(value), StringComparison.Ordinal);
            return text;
        }
    }

    public bool Has(string key) => catalog.In(Language).ContainsKey(key);

    // Pages say T.Name and T.Time of the one object that they are given.
#pragma warning disable CA1822
    /// <summary>For page content: strings become names that no browser translates; ready markup (a time) goes in as it is.</summary>
    public IHtmlContent Html(string key, params (string Name, object? Value)[] values) => new MarkedText(this[key], values);

    public IHtmlContent Name(string? name) => new MarkedText("{name}", [("name", name)]);

    /// <summary>What an attribute is called; an attribute without a text of its own keeps its protocol name.</summary>
    public string Attribute(string name) => Has($"attr.{name}") ? this[$"attr.{name}"] : VisibleText.Of(name);

    public IHtmlContent Day(DateTimeOffset at) => new ClockTime(at, dayOnly: true);

    public IHtmlContent Time(DateTimeOffset at) => new ClockTime(at);
}
