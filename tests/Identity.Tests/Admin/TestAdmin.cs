using Identity.Admin;
using Identity.Domain.Administration;
using Identity.Domain.Storage;
using Identity.Hosting.Startup;
using Identity.Tests.Factors;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Identity.Tests.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Identity.Tests.Admin;

/// <summary>The administration host beside a public host of its own, on one database; people sign in at the one to work at the other.</summary>
internal sealed class TestAdmin : IAsyncDisposable
{
    private const string Secret = "admin-test-secret-not-for-production";

    private readonly WebApplication _application;

    private readonly bool _ownsProvider;

    private TestAdmin(TestProvider provider, WebApplication application, string address, LogCapture log, bool ownsProvider) =>
        (Provider, _application, Address, Log, _ownsProvider) = (provider, application, address, log, ownsProvider);

    public TestProvider Provider { get; }
    public string Address { get; }
    public LogCapture Log { get; }
    public IServiceProvider Services => _application.Services;
    public FixedClock? Clock => Provider.Clock;

    public static async Task<TestAdmin> StartAsync(Engine engine, FixedClock? clock = null, Action<WebApplicationBuilder>? configure = null, Action<WebApplicationBuilder>? configureProvider = null)
    {
        var provider = await TestProvider.StartAsync(engine, clock, configureProvider);
        var address = RunningSandbox.FreeUrls(1)[0];
        await provider.ImportAsync(Client(address));
        return await StartAsync(provider, address, Secret, ownsProvider: true, configure);
    }

    /// <summary>Beside a public host that somebody else looks after, whose configuration knows a client for this address.</summary>
    public static Task<TestAdmin> BesideAsync(TestProvider provider, string address, string secret) => StartAsync(provider, address, secret, ownsProvider: false, configure: null);

    private static async Task<TestAdmin> StartAsync(TestProvider provider, string address, string secret, bool ownsProvider, Action<WebApplicationBuilder>? configure)
    {
        var log = new LogCapture();
        var application = AdminApplication.Build(["--environment", "Development"], builder =>
        {
            builder.WebHost.UseUrls(address);
            builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Admin:Address"] = address,
                ["Admin:Issuer"] = provider.Issuer,
                ["Admin:ClientSecret"] = secret,
                ["Storage:Provider"] = provider.Engine.ToString(),
                ["Storage:ConnectionString"] = provider.ConnectionString,
                ["Storage:MasterKeyFile"] = TestProvider.MasterKey,
                ["Province:Host"] = new Uri(provider.Issuer).Authority,
            });
            if (provider.Clock is { } clock) builder.Services.AddSingleton<TimeProvider>(clock);
            configure?.Invoke(builder);
        });
        await application.StartAsync();
        return new TestAdmin(provider, application, address, log, ownsProvider);
    }

    /// <summary>A browser that knows both hosts.</summary>
    public TestBrowser NewBrowser() => new(Provider.Issuer, Address);

    /// <summary>Somebody new with a password, an authenticator app and these roles in the whole province, signed in here.</summary>
    public async Task<AdminVisitor> SignInAsync(params AdminRole[] roles)
    {
        var visitor = await NewVisitorAsync();
        foreach (var role in roles) await GiveAsync(visitor.PersonId, role);
        await visitor.SignInAsync();
        return visitor;
    }

    /// <summary>The same without a role and not signed in yet.</summary>
    public async Task<AdminVisitor> NewVisitorAsync()
    {
        var person = new FactorVisitor(Provider, await Someone.NewAsync(Provider), NewBrowser());
        var key = await person.AddAppAsync();
        var normalized = person.Name.ToUpperInvariant();
        var id = await Provider.InDatabaseAsync(db => db.Users.Where(u => u.NormalizedUserName == normalized).Select(u => u.Id).SingleAsync());
        return new AdminVisitor(this, person, key, id);
    }

    public async Task GiveAsync(Guid personId, AdminRole role, Guid? unitId = null)
    {
        await using var scope = Services.CreateAsyncScope();
        Assert.Null(await scope.ServiceProvider.GetRequiredService<RoleBook>().GiveAsync(new RoleGift(role, "test") { PersonId = personId, UnitId = unitId }, "test", CancellationToken.None));
    }

    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>After an import on the public host: this one reads it now and not with its next look.</summary>
    public Task RereadAsync() => Services.GetRequiredService<NodeSnapshot>().RefreshAsync(CancellationToken.None);

    public Task<T> InDatabaseAsync<T>(Func<IdentityDb, Task<T>> read) => WithAsync(read);

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        if (_ownsProvider) await Provider.DisposeAsync();
    }

    private static string Client(string address) => $$"""
        {
          "clients": [{
            "client_id": "admin", "client_name": { "vi": "Quản trị đăng nhập một lần", "en": "Sign-on administration" },
            "agency": { "vi": "Sở Mẫu", "en": "Sample department" }, "application_type": "web", "token_endpoint_auth_method": "client_secret_basic",
            "secrets": [{ "value": "{{Secret}}" }], "redirect_uris": ["{{address}}/signin/callback"], "post_logout_redirect_uris": ["{{address}}/welcome"],
            "grant_types": ["authorization_code"], "scopes": ["openid"], "sector": "administration", "connectors": ["local", "passkey", "vnconnect"],
            "minimum_proofing": "self_asserted", "minimum_acr_level": 2, "data_release": "none"
          }]
        }
        """;
}

/// <summary>Somebody at the administration host, with their browser and their authenticator app.</summary>
internal sealed class AdminVisitor(TestAdmin admin, FactorVisitor person, string key, Guid personId) : IDisposable
{
    public TestBrowser Browser => person.Browser;
    public Guid PersonId => personId;

    /// <summary>Opens a page, signing in when asked.</summary>
    public async Task<TestPage> OpenAsync(string path) => await PassAsync(await Browser.GetAsync(admin.Address + path));

    public Task SignInAsync() => OpenAsync("/");

    /// <summary>Through password and code as far as they are asked for.</summary>
    public async Task<TestPage> PassAsync(TestPage page)
    {
        if (Someone.AsksForPassword(page)) page = await Someone.SignInAsync(Browser, page, person.Name);
        if (page.Address.AbsolutePath.EndsWith("/step-up", StringComparison.Ordinal)) page = await TypeCodeAsync(page);
        return page;
    }

    /// <summary>A code is good once; the next one comes with the next half minute.</summary>
    private async Task<TestPage> TypeCodeAsync(TestPage page)
    {
        admin.Clock?.Advance(TimeSpan.FromSeconds(30));
        return await person.TypeCodeAsync(page, Oathtool.Code(key, person.Now.AddSeconds(admin.Clock is null ? 30 : 0)));
    }

    public Task<TestPage> SubmitAsync(TestPage page, string actionEndsWith, params (string Name, string Value)[] fields) => Browser.SubmitAsync(page, actionEndsWith, fields);

    public void Dispose() => person.Dispose();
}
