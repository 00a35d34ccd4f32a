using Microsoft.AspNetCore.Http;

namespace Identity.Hosting.Language;

/// <summary>
/// The language of this request: what the person just chose, what they chose before, what the application suggested
/// (<c>ui_locales</c>), what the browser prefers, Vietnamese. A person's own choice always beats an application's.
/// </summary>
public sealed class PageLanguage(IHttpContextAccessor http)
{
    public const string Parameter = "lang";
    public const string Cookie = "lang";

    private string? _suggested;

    public string Current => Chosen ?? Known(Request?.Cookies[Cookie]) ?? _suggested ?? Preferred() ?? TextCatalog.Languages[0];

    public string Other => TextCatalog.Languages.First(language => language != Current);

    /// <summary>What the person asked for in this very request, or null.</summary>
    public string? Chosen => Known(Request?.Query[Parameter]);

    /// <summary>OpenID Connect Core 1.0 §3.1.2.1: <c>ui_locales</c> is a list in order of preference; unknown entries are skipped.</summary>
    public void Suggest(string? uiLocales) => _suggested = (uiLocales ?? "").Split(' ').Select(Known).FirstOrDefault(l => l is not null);

    private HttpRequest? Request => http.HttpContext?.Request;

    private string? Preferred() => Request?.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(entry => entry.Quality ?? 1)
        .Select(entry => Known(entry.Value.Value))
        .FirstOrDefault(language => language is not null);

    private static string? Known(string? tag)
    {
        var primary = tag?.Split('-')[0].Trim().ToLowerInvariant();
        return primary is not null && TextCatalog.Languages.Contains(primary) ? primary : null;
    }
}
