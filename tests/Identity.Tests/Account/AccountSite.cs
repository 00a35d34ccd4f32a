using System.Net;
using Identity.Domain;
using Identity.Domain.Clients;
using Identity.Domain.Keys;
using Identity.Domain.Storage;
using Identity.Server.Account;
using Identity.Server.Http;
using Identity.Server.Login;
using Identity.Server.Oidc;
using Identity.Server.Organisations;
using Identity.Server.Pages;
using Identity.Server.Telemetry;
using Identity.Tests.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Identity.Tests.Account;

/// <summary>The account and error pages with a database of their own, and nothing else of the server.</summary>
public sealed class AccountSite : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("identity-account-").FullName;
    private WebApplication _app = null!;

    internal Uri Address { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Province:NameVi"] = "Tỉnh An Bình",
            ["Province:NameEn"] = "An Binh Province",
            ["Province:Host"] = "dangnhap.anbinh.gov.vn",
            ["Province:ReferencePrefix"] = "AB",
            ["Oidc:Issuer"] = "http://localhost:5080",
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder, "account.db")}",
            ["Storage:Provider"] = "Sqlite",
            ["Storage:CreateMasterKey"] = "true",
            ["Storage:MasterKeyFile"] = Path.Combine(_folder, "master.key"),
        });
        builder.AddTelemetry();
        builder.AddStorage();
        builder.AddDomain();
        builder.AddLogin();
        builder.AddOutgoing();
        builder.AddFederation();
        builder.AddOidc();
        builder.Services.AddSingleton<RegisterDesk>().AddSingleton<RegisterVisitor>().AddScoped<SignInAftermath>();
        builder.AddPages();
        builder.Services.AddAccountPages();
        _app = builder.Build();
        _app.UseExceptionHandler("/error").UseStatusCodePagesWithReExecute("/error/{0}");
        // Explicit, so that a re-executed request is routed again.
        _app.UseRouting();
        _app.MapPages();
        _app.MapGet("/fails", (HttpContext _) => throw new InvalidOperationException("a secret that somebody typed"));
        await DoAsync(async services =>
        {
            var db = services.GetRequiredService<IdentityDb>();
            await db.Database.EnsureCreatedAsync();
            await _app.Services.GetRequiredService<ProtectionKeyRing>().MaintainAsync(db, CancellationToken.None);
            await _app.Services.GetRequiredService<DataKeyRing>().LoadAsync(db, CancellationToken.None);
        });
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
        _app.Services.GetRequiredService<ClientRegistry>().Replace(ConfigurationFixture.Accepted(ConfigurationFixture.Development()), 1);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    internal async Task DoAsync(Func<IServiceProvider, Task> work)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await work(scope.ServiceProvider);
    }

    internal async Task<T> ReadAsync<T>(Func<IdentityDb, Task<T>> read)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<IdentityDb>());
    }

    internal HttpClient Browser(string? session = null)
    {
        var cookies = new CookieContainer();
        if (session is not null) cookies.Add(Address, new Cookie("session", session));
        return new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = Address };
    }
}
