using Identity.Connectors.OpenIdConnect;
using Identity.Domain.Administration;
using Identity.Domain.Settings;
using Microsoft.Extensions.Options;

namespace Identity.Admin.SignIn;

internal static class SignInSetup
{
    public static WebApplicationBuilder AddSignIn(this WebApplicationBuilder app)
    {
        app.Services.AddSettings<AdminOptions>(AdminOptions.Section)
            .Validate(AdminOptions.IsAddress, "Admin:Address: write an address without a path, for example https://quantri.anbinh.example");
        app.Services.AddHttpClient(Provider.HttpClientName).ConfigurePrimaryHttpMessageHandler(OidcConnector.CreateHandler);
        app.Services.AddSingleton<Provider>().AddSingleton<AdminCookies>();
        app.Services.AddSingleton(services => DoorOf(services.GetRequiredService<IOptions<AdminOptions>>().Value));
        app.Services.AddScoped<AdminSessions>();
        return app;
    }

    private static AdminDoor DoorOf(AdminOptions options) => new(options.ClientId, options.MinimumLevel);
}
