using Identity.Server;
using Identity.Hosting.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Identity.Benchmarks.Stage;

/// <summary>The server's services in this process, without its listener: for its vault, its keys, its password hasher.</summary>
internal static class InProcess
{
    /// <summary>Brings the schema to this version and loads the keys that sealed values hang on.</summary>
    public static async Task<WebApplication> OpenAsync(ServerSettings settings, CancellationToken ct)
    {
        var app = ServerApplication.Build(["--environment", "Production"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection(settings.Environment()
                .Select(s => KeyValuePair.Create(s.Key.Replace("__", ":", StringComparison.Ordinal), (string?)s.Value)));
        });
        try
        {
            await app.Services.GetRequiredService<NodeStart>().MigrateAsync(ct);
            await app.Services.GetRequiredService<NodeSnapshot>().LoadSealingKeysAsync(ct);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }
}
