using Identity.Admin.Logos;
using Identity.Admin.Pages.Applications;

namespace Identity.Admin.TryIt;

internal static class TryItSetup
{
    public static WebApplicationBuilder AddApplicationPages(this WebApplicationBuilder app)
    {
        app.Services.AddSingleton<TryItClient>().AddSingleton<TryItTrips>();
        app.Services.AddScoped<ShownOnce>().AddScoped<KeysPageServices>().AddScoped<ProductionPageServices>().AddScoped<OverviewPageServices>();
        app.Services.AddSingleton<LogoDrawing>().AddScoped<LookPageServices>();
        return app;
    }
}
