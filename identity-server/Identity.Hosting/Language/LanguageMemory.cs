using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Identity.Hosting.Language;

/// <summary>Keeps a language that was chosen with the link on the page, before and without sign-in.</summary>
public sealed class LanguageMemory(PageLanguage language) : IResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (language.Chosen is { } chosen) Keep(context.HttpContext, chosen);
    }

    /// <summary>Null forgets: the browser decides again.</summary>
    /// <param name="lasting">Not on a computer that many people use.</param>
    public static void Keep(HttpContext http, string? chosen, bool lasting = true)
    {
        var options = new CookieOptions
        {
            MaxAge = lasting ? TimeSpan.FromDays(365) : null,
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        };
        if (chosen is null) http.Response.Cookies.Delete(PageLanguage.Cookie, options);
        else http.Response.Cookies.Append(PageLanguage.Cookie, chosen, options);
    }

    /// <summary>What the person chose elsewhere holds on a browser where nobody has chosen yet.</summary>
    public static void Bring(HttpContext http, string? preferred, bool lasting)
    {
        if (preferred is not null && TextCatalog.Languages.Contains(preferred) && !http.Request.Cookies.ContainsKey(PageLanguage.Cookie)) Keep(http, preferred, lasting);
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
