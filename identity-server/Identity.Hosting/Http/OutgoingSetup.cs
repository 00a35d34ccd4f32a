using System.Net;
using Identity.Domain.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using IPNetwork = System.Net.IPNetwork;

namespace Identity.Hosting.Http;

public static class OutgoingSetup
{
    public static WebApplicationBuilder AddOutgoing(this WebApplicationBuilder app)
    {
        app.Services.AddSettings<OutgoingOptions>(OutgoingOptions.Section)
            .Validate(o => o.AllowedNetworks.All(network => IPNetwork.TryParse(network, out _)), "Outgoing:AllowedNetworks: takes networks (10.20.0.0/16, fd12:3456::/32)");
        app.Services.TryAddSingleton<NameResolution>(Dns.GetHostAddressesAsync);
        app.Services.AddSingleton<OutgoingAddresses>().AddSingleton<GuardedHttp>();
        return app;
    }

    /// <summary>A client for addresses that others registered. The limits hold for the whole answer, body included, however slowly it drips.</summary>
    public static IServiceCollection AddGuardedClient(this IServiceCollection services, string name, TimeSpan timeout, int maximumBytes)
    {
        services.AddHttpClient(name, client => (client.Timeout, client.MaxResponseContentBufferSize) = (timeout, maximumBytes))
            .ConfigurePrimaryHttpMessageHandler(all => all.GetRequiredService<GuardedHttp>().CreateHandler());
        return services;
    }
}
