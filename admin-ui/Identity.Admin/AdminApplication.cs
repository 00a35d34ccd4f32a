using Identity.Admin.Access;
using Identity.Admin.Api;
using Identity.Admin.Drafts;
using Identity.Admin.Pages;
using Identity.Admin.SignIn;
using Identity.Admin.Work;
using Identity.Admin.TryIt;
using Identity.Domain;
using Identity.Domain.Storage;
using Microsoft.Extensions.Options;

namespace Identity.Admin;

/// <summary>The table of contents of the administration host.</summary>
public static class AdminApplication
{
    /// <param name="configure">Runs before anything is registered: settings, the clock, more logging.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        RuntimeFloor.Check();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(AdminApplication).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddDefaults();
        builder.AddOneLineLogs();
        configure?.Invoke(builder);

        builder.AddStorage();
        builder.AddDomain();
        builder.AddListener();
        builder.AddOutgoing();
        builder.AddFederation();
        builder.AddNode();
        builder.AddSignIn();
        builder.AddAccess();
        builder.AddDrafts();
        builder.AddWork();
        builder.AddPages();
        builder.AddApplicationPages();
        builder.AddApi();

        var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UseNode();
        app.UseTrustedProxies();
        app.UseMiddleware<RequestOriginMiddleware>();
        app.UseMiddleware<HttpsOnly>(app.Services.GetRequiredService<IOptions<AdminOptions>>().Value.Address!);
        app.UseMiddleware<SecurityHeaders>();
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseExceptionHandler("/error/500");
        app.UseMiddleware<OwnFormsOnly>(new OpenPaths("/api"));
        app.UseRouting();
        app.UseMiddleware<SignedInActor>();
        app.UseMiddleware<ParkedFormReturn>();
        app.UseApiDoor();
        app.MapSignIn();
        app.MapPages();
        app.MapApi();
        return app;
    }
}
