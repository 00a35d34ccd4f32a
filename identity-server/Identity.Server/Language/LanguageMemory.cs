using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Identity.Server.Language;

/// <summary>Keeps a language that was chosen with the link on the page, before and without sign-in.</summary>
internal sealed class LanguageMemory(PageLanguage language) : IResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (language.Chosen is not { } chosen) return;
        context.HttpContext.Response.Cookies.Append(PageLanguage.Cookie, chosen, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.HttpContext.Request.IsHttps,
        });
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
