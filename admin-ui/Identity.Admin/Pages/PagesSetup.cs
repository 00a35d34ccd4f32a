using Identity.Admin.Pages.Configuration;
using Microsoft.AspNetCore.Antiforgery;

namespace Identity.Admin.Pages;

public static class PagesSetup
{
    public static WebApplicationBuilder AddPages(this WebApplicationBuilder app)
    {
        // The people who read these pages know the words of the trade.
        app.AddPageFrame(typeof(PagesSetup).Assembly, banned: []);
        // On a developer's machine both hosts are called localhost, and cookies know no ports.
        app.Services.Configure<AntiforgeryOptions>(forms => forms.Cookie.Name = "admin-form");
        app.Services.AddScoped<DeskNames>();
        app.Services.AddScoped<ActorNames>();
        return app;
    }

    public static WebApplication MapPages(this WebApplication app) => app.MapPageFrame();
}
