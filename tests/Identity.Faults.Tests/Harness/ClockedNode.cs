using System.Text;
using Identity.Domain.Configuration;
using Identity.Server;
using Identity.Server.Startup;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Identity.Faults.Tests.Harness;

/// <summary>A node inside the test's process, with a clock that can be put wrong. Several of them share one database and one issuer.</summary>
internal sealed class ClockedNode : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ClockedNode(WebApplication application, FixableClock clock, string address)
    {
        (_application, Clock, Address) = (application, clock, address);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(address) };
    }

    public IServiceProvider Services => _application.Services;
    public FixableClock Clock { get; }
    public string Address { get; }
    public HttpClient Http { get; }

    /// <param name="issuer">Null: this node's own address.</param>
    public static async Task<ClockedNode> StartAsync(string connectionString, string? issuer, string masterKeyFile)
    {
        var (address, clock) = (FreeAddresses.Take(1)[0], new FixableClock());
        issuer ??= address;
        var application = ServerApplication.Build(["--environment", "Development"], builder =>
        {
            builder.WebHost.UseUrls(address);
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Oidc:Issuer"] = issuer,
                ["Login:BounceWindow"] = "00:00:00",
                ["Storage:Provider"] = "PostgreSql",
                ["Storage:ConnectionString"] = connectionString,
                ["Storage:MasterKeyFile"] = masterKeyFile,
                ["Storage:CreateMasterKey"] = "true",
                ["Storage:MigrateAtStart"] = "true",
                ["Province:Host"] = new Uri(issuer).Authority,
            });
            builder.Services.AddSingleton<TimeProvider>(clock);
        });
        await application.StartAsync();
        return new ClockedNode(application, clock, address);
    }

    /// <summary>Lays a configuration file over what is there, and makes this node read it.</summary>
    public async Task ImportAsync(string json)
    {
        await using var scope = Services.CreateAsyncScope();
        var import = await scope.ServiceProvider.GetRequiredService<ConfigurationStore>().ImportAsync(Encoding.UTF8.GetBytes(json), "test", null, CancellationToken.None);
        Assert.Empty(import.Errors);
        await RefreshAsync();
    }

    public Task RefreshAsync() => Services.GetRequiredService<NodeSnapshot>().RefreshAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.DisposeAsync();
    }
}

/// <summary>Real time, wrong by as much as somebody says.</summary>
internal sealed class FixableClock : TimeProvider
{
    public TimeSpan Error { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Error;
}
