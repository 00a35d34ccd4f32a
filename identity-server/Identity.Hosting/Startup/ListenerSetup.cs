using System.Net;
using Identity.Domain.Settings;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Identity.Hosting.Startup;

/// <summary>How much a stranger may send, and whom we believe about the connection.</summary>
public static class ListenerSetup
{
    private const int Kilobyte = 1_024;

    public static WebApplicationBuilder AddListener(this WebApplicationBuilder app)
    {
        app.Services.AddSettings<ListenerOptions>("Listener")
            .Validate(o => o.TrustedProxies.All(IsAddressOrNetwork), "Listener:TrustedProxies: write addresses (10.0.0.5) and networks (10.0.0.0/24)");
        app.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = 16 * Kilobyte;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * Kilobyte;
            // The largest thing anybody has to send is a form of the protocol.
            kestrel.Limits.MaxRequestBodySize = 64 * Kilobyte;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        app.Services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = 100;
            form.KeyLengthLimit = 200;
            form.ValueLengthLimit = 64 * Kilobyte;
            form.MultipartBodyLengthLimit = 64 * Kilobyte;
        });
        return app;
    }

    public static WebApplication UseTrustedProxies(this WebApplication app)
    {
        var trusted = app.Services.GetRequiredService<IOptions<ListenerOptions>>().Value.TrustedProxies;
        if (trusted.Count == 0) return app;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in trusted)
        {
            if (IPNetwork.TryParse(proxy, out var network)) options.KnownIPNetworks.Add(network);
            else options.KnownProxies.Add(IPAddress.Parse(proxy));
        }
        app.UseForwardedHeaders(options);
        return app;
    }

    private static bool IsAddressOrNetwork(string text) => IPAddress.TryParse(text, out _) || IPNetwork.TryParse(text, out _);
}
