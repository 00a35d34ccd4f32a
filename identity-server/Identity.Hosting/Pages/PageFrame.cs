using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Identity.Domain.Settings;
using Identity.Hosting.Language;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;

namespace Identity.Hosting.Pages;

/// <summary>What stands around the pages of every host: texts in two languages, one style, forms that only we can have made.</summary>
public static class PageFrame
{
    /// <param name="host">Holds the pages and their texts.</param>
    /// <param name="banned">Words that nobody may read there.</param>
    public static OptionsBuilder<ProvinceOptions> AddPageFrame(this WebApplicationBuilder app, Assembly host, IReadOnlyList<string> banned)
    {
        var texts = TextCatalog.Load(host);
        if (TextRules.Problems(texts, banned).FirstOrDefault() is { } problem) throw new InvalidOperationException($"Page texts: {problem}.");

        app.Services.AddHttpContextAccessor();
        app.Services.AddSingleton(texts).AddSingleton(PageStyle.Load(host));
        app.Services.AddScoped<PageLanguage>().AddScoped<Texts>();
        // Vietnamese letters stay letters; as numeric references they would triple the size of a page.
        app.Services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        app.Services.AddAntiforgery(FormCookie);
        app.Services.AddRazorPages(o => o.Conventions.ConfigureFilter(new TypeFilterAttribute(typeof(LanguageMemory))))
            .ConfigureApplicationPartManager(parts => AddPagesOf(host, parts));
        return app.Services.AddSettings<ProvinceOptions>(ProvinceOptions.Section);
    }

    public static WebApplication MapPageFrame(this WebApplication app)
    {
        app.MapRazorPages();
        app.MapGet("/favicon.svg", (HttpResponse response) =>
        {
            response.Headers.CacheControl = "public, max-age=86400";
            return Results.Stream(typeof(PageFrame).Assembly.GetManifestResourceStream("favicon.svg")!, "image/svg+xml");
        });
        return app;
    }

    // Lax, not Strict: people arrive from other sites. A strict cookie would be missing on that arrival, a new one issued, and the
    // forms already open in another tab would all be refused.
    private static void FormCookie(AntiforgeryOptions options)
    {
        options.FormFieldName = "form";
        options.Cookie.Name = "form";
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    // The pages are found by themselves only when their assembly is the entry assembly; under a test host it is not.
    private static void AddPagesOf(Assembly host, ApplicationPartManager parts)
    {
        if (parts.ApplicationParts.Any(part => part.Name == host.GetName().Name)) return;
        foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(host).GetApplicationParts(host)) parts.ApplicationParts.Add(part);
    }
}
