namespace Identity.Server.Pages;

public static class PagesSetup
{
    public static WebApplicationBuilder AddPages(this WebApplicationBuilder app)
    {
        app.AddPageFrame(typeof(PagesSetup).Assembly, TextRules.Trade).Validate(SecurityText.IsSound, SecurityText.Message);
        app.Services.AddSingleton(PageScript.Load());
        return app;
    }

    public static WebApplication MapPages(this WebApplication app)
    {
        app.MapPageFrame();
        app.MapGet(SecurityText.Path, SecurityText.Answer);
        app.MapGet(PageScript.Pattern, app.Services.GetRequiredService<PageScript>().Answer);
        app.MapGet(ShownLogo.Pattern, LogoFile.Answer);
        return app;
    }
}
