using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Identity.Domain.Settings;
using Identity.Server.Language;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.WebEncoders;

namespace Identity.Server.Pages;

public static class PagesSetup
{
    public static WebApplicationBuilder AddPages(this WebApplicationBuilder app)
    {
        var texts = TextCatalog.Load();
        if (TextRules.Problems(texts).FirstOrDefault() is { } problem) throw new InvalidOperationException($"Page texts: {problem}.");

        app.Services.AddSettings<ProvinceOptions>(ProvinceOptions.Section).Validate(SecurityText.IsSound, SecurityText.Message);
        app.Services.AddHttpContextAccessor();
        app.Services.AddSingleton(texts).AddSingleton(PageStyle.Load()).AddSingleton(PageScript.Load());
        app.Services.AddScoped<PageLanguage>().AddScoped<Texts>();
        // Vietnamese letters stay letters; as numeric references they would triple the size of a page.
        app.Services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        app.Services.AddAntiforgery(FormCookie);
        app.Services.AddRazorPages(o => o.Conventions.ConfigureFilter(new TypeFilterAttribute(typeof(LanguageMemory))))
            .ConfigureApplicationPartManager(AddOwnPages);
        return app;
    }

    public static WebApplication MapPages(this WebApplication app)
    {
        app.MapRazorPages();
        app.MapGet(SecurityText.Path, SecurityText.Answer);
        app.MapGet(PageScript.Pattern, app.Services.GetRequiredService<PageScript>().Answer);
        app.MapGet("/favicon.svg", (HttpResponse response) =>
        {
            response.Headers.CacheControl = "public, max-age=86400";
            return Results.Stream(typeof(PagesSetup).Assembly.GetManifestResourceStream("favicon.svg")!, "image/svg+xml");
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

    // The pages are found by themselves only when this assembly is the entry assembly; under a test host it is not.
    private static void AddOwnPages(ApplicationPartManager parts)
    {
        var own = Assembly.GetExecutingAssembly();
        if (parts.ApplicationParts.Any(part => part.Name == own.GetName().Name)) return;
        foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(own).GetApplicationParts(own)) parts.ApplicationParts.Add(part);
    }
}
