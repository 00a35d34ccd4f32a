using Identity.Domain;
using Identity.Domain.Storage;
using Identity.Server.Account;
using Identity.Server.Login;
using Identity.Server.MailOut;
using Identity.Server.Oidc;
using Identity.Server.Organisations;
using Identity.Server.Pages;
using Identity.Server.Startup;
using Identity.Server.Telemetry;
using Microsoft.Extensions.Options;

namespace Identity.Server;

/// <summary>The table of contents. Nothing is static: a test builds as many servers side by side as it likes.</summary>
public static class ServerApplication
{
    /// <param name="configure">Runs before anything is registered: settings, the clock, more logging.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        RuntimeFloor.Check();
        // Settings lie beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(ServerApplication).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddOneLineLogs();
        configure?.Invoke(builder);

        builder.AddTelemetry();
        builder.AddStorage();
        builder.AddDomain();
        builder.AddListener();
        builder.AddOutgoing();
        builder.AddFederation();
        builder.AddMailOut();
        builder.AddNode();
        builder.AddServerWork();
        builder.AddLogin();
        builder.AddOidc();
        builder.AddOrganisations();
        builder.AddPages();
        builder.Services.AddAccountPages();

        var app = builder.Build();
        // All settings are judged before anything uses one.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UseMiddleware<RequestSpan>();
        app.UseNode();
        app.UseTrustedProxies();
        app.UseMiddleware<RequestOriginMiddleware>();
        app.UseMiddleware<HttpsOnly>(new Uri(app.Services.GetRequiredService<IOptions<OidcOptions>>().Value.Issuer));
        app.UseMiddleware<SecurityHeaders>();
        app.UseErrorAnswers();
        // What the protocol lets other sites post to, and the error page, which changes nothing.
        app.UseMiddleware<OwnFormsOnly>(new OpenPaths("/connect", "/error"));
        app.UseRouting();
        app.MapOidc();
        app.MapLogin();
        app.MapOrganisations();
        app.MapPages();
        return app;
    }
}
