using Identity.Sandbox.Applications;
using Identity.Sandbox.Eid;
using Identity.Sandbox.Failures;
using Identity.Sandbox.Mail;
using Identity.Sandbox.Officials;
using Identity.Sandbox.Pages;
using Identity.Sandbox.Register;

namespace Identity.Sandbox;

/// <summary>One process, several addresses: the e-ID provider, the business register, three applications, the officials' mail and everybody's mailbox, each blind to the others' endpoints.</summary>
public static class SandboxApplication
{
    public static WebApplication Build(SandboxOptions options, string[]? args = null, TimeProvider? clock = null)
    {
        // The empty builder reads no settings file: a test's working directory may hold those of another host.
        var builder = WebApplication.CreateEmptyBuilder(new() { Args = args, ApplicationName = "Identity.Sandbox" });
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var url in new[] { options.EidUrl, options.RegisterUrl, options.PortalUrl, options.DocumentsUrl, options.BusinessUrl, options.MailUrl, options.MailProviderUrl })
                kestrel.ListenLocalhost(new Uri(url).Port);
        });
        builder.Services.AddRouting();
        builder.Services.AddSingleton(_ => new SmtpSink(options.SmtpPort, clock ?? TimeProvider.System));
        builder.Services.AddHostedService(services => services.GetRequiredService<SmtpSink>());

        var officialMail = new FailureSwitch(options.SlowSeconds);
        builder.Services.AddHostedService(_ => new MailServer(options, officialMail));

        var sandbox = builder.Build();
        sandbox.UseSafeHeaders();
        Map(sandbox, options, clock ?? TimeProvider.System);
        new MailProviderSite(options, officialMail, clock ?? TimeProvider.System).Map(At(sandbox, options.MailProviderUrl));
        return sandbox;
    }

    static void Map(WebApplication sandbox, SandboxOptions options, TimeProvider clock)
    {
        new EidSite(options, clock).Map(At(sandbox, options.EidUrl));
        var register = new RegisterSite(options, clock);
        sandbox.Lifetime.ApplicationStopped.Register(register.Dispose);
        register.Map(At(sandbox, options.RegisterUrl));
        new MailSite(sandbox.Services.GetRequiredService<SmtpSink>()).Map(At(sandbox, options.MailUrl));
        foreach (var application in SampleApplication.All(options))
            new ApplicationSite(application, options.Authority, clock).Map(At(sandbox, application.Url));
    }

    static RouteGroupBuilder At(WebApplication sandbox, string url)
    {
        var site = sandbox.MapGroup("").RequireHost($"*:{new Uri(url).Port}");
        site.MapGet("/sandbox.css", Stylesheet.Send);
        return site;
    }
}
