using System.Collections.Concurrent;
using System.Net;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Server;
using Identity.Tests.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Identity.Tests.Harness;

/// <summary>The real application on a real port with a database of its own. Every test speaks HTTP to it.</summary>
public sealed class TestProvider : IAsyncDisposable
{
    public const string Password = "a long enough test passphrase";

    private static readonly ConcurrentDictionary<Engine, Lazy<Task<TestDatabase>>> Templates = new();
    private static readonly ConcurrentDictionary<Engine, Lazy<Task<TestProvider>>> Shared = new();
    private static readonly string MasterKeyFile = NewMasterKey();

    private readonly WebApplication _application;
    private readonly TestDatabase _database;
    private bool _isGuest;

    private TestProvider(WebApplication application, TestDatabase database, string issuer, LogCapture log, FixedClock? clock)
    {
        (_application, _database, Issuer, Log) = (application, database, issuer, log);
        Clock = clock;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(issuer) };
    }

    public string Issuer { get; }
    public HttpClient Http { get; }
    public LogCapture Log { get; }

    /// <summary>Null for providers that run on the real clock.</summary>
    public FixedClock? Clock { get; }

    public Engine Engine => _database.Engine;
    public string ConnectionString => _database.ConnectionString;

    /// <summary>What opens the sealed columns, for another process on the same database.</summary>
    public static string MasterKey => MasterKeyFile;

    public IServiceProvider Services => _application.Services;

    /// <summary>One provider for all tests that change nothing but their own people, sessions and codes.</summary>
    public static Task<TestProvider> SharedAsync(Engine engine) =>
        Shared.GetOrAdd(engine, e => new(() => StartAsync(e))).Value;

    /// <summary>A provider of one's own: with a clock to turn, settings to change, a configuration to break.</summary>
    public static async Task<TestProvider> StartAsync(Engine engine, FixedClock? clock = null, Action<WebApplicationBuilder>? configure = null, string? issuer = null)
    {
        var template = await Templates.GetOrAdd(engine, e => new(() => MakeTemplateAsync(e))).Value;
        var database = new TestDatabase(engine);
        await database.CreateAsync(template);
        return await StartAsync(database, clock, configure, issuer);
    }

    /// <summary>Another node on the same database, at an address of its own. To be disposed before this one.</summary>
    public async Task<TestProvider> AddNodeAsync(Action<WebApplicationBuilder>? configure = null)
    {
        var node = await StartAsync(_database, Clock, configure, issuer: null);
        node._isGuest = true;
        return node;
    }

    public TestBrowser NewBrowser() => new(Issuer);

    public async Task<T> InDatabaseAsync<T>(Func<IdentityDb, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<IdentityDb>());
    }

    /// <summary>Lays a configuration file over what is there, as an operator's import does, and makes this node read it.</summary>
    public async Task ImportAsync(string json)
    {
        await using var scope = Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ConfigurationStore>();
        var import = await store.ImportAsync(System.Text.Encoding.UTF8.GetBytes(json), "test", null, CancellationToken.None);
        Assert.Empty(import.Errors);
        var (document, revision) = await store.LoadAsync(CancellationToken.None);
        Services.GetRequiredService<ClientRegistry>().Replace(document, revision);
    }

    /// <summary>Before the first server: two that start side by side would both want to make it.</summary>
    private static string NewMasterKey()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "identity-tests"));
        var file = Path.Combine(folder.FullName, $"master-{Environment.ProcessId}.key");
        File.WriteAllText(file, Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)));
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
        if (!_isGuest) await _database.DisposeAsync();
    }

    private static async Task<TestDatabase> MakeTemplateAsync(Engine engine)
    {
        var database = new TestDatabase(engine);
        await database.CreateAsync(template: null);
        var provider = await StartAsync(database, clock: null, configure: null, issuer: null);
        foreach (var seed in (string[])["development.json", "conformance.json"])
            await provider.ImportAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Seed", seed)));
        await provider.ImportAsync(TestClients.Document);
        await TestPeople.CreateAsync(provider.Services);
        // The server goes, the database stays: the copies are made from it.
        await provider._application.StopAsync();
        await provider._application.DisposeAsync();
        await database.ReleaseAsync();
        return database;
    }

    private static async Task<TestProvider> StartAsync(TestDatabase database, FixedClock? clock, Action<WebApplicationBuilder>? configure, string? issuer)
    {
        issuer ??= RunningSandbox.FreeUrls(1)[0];
        var log = new LogCapture();
        var application = ServerApplication.Build(["--environment", "Development"], builder =>
        {
            builder.WebHost.UseUrls(issuer);
            builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Oidc:Issuer"] = issuer,
                ["Storage:Provider"] = database.Engine.ToString(),
                ["Storage:ConnectionString"] = database.ConnectionString,
                ["Storage:MasterKeyFile"] = MasterKeyFile,
                ["Storage:CreateMasterKey"] = "true",
                ["Storage:MigrateAtStart"] = "true",
                // Tests are faster than people: what they ask for again is no circle. BounceTests look.
                ["Login:BounceWindow"] = "00:00:00",
                ["Province:Host"] = new Uri(issuer).Authority,
            });
            // The cost of a password hash is not what these tests are about.
            builder.Services.PostConfigure<PasswordHasherOptions>(o => o.IterationCount = 10);
            if (clock is not null) builder.Services.AddSingleton<TimeProvider>(clock);
            configure?.Invoke(builder);
        });
        await application.StartAsync();
        return new TestProvider(application, database, issuer, log, clock);
    }
}
