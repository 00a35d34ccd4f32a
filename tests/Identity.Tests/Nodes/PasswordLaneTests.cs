using System.Net;
using Identity.Domain.People;
using Identity.Server.Login;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Nodes;

/// <summary>More people type passwords than this node can check.</summary>
public sealed class PasswordLaneTests
{
    [Theory]
    [InlineData("vi", "Có quá nhiều người đăng nhập cùng lúc")]
    [InlineData("en", "Too many people are signing in")]
    public async Task Who_comes_when_the_lane_is_full_is_asked_to_come_back_and_loses_nothing(string language, string heading)
    {
        using var hasher = new GatedHasher();
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, configure: Narrow(hasher));
        var (first, second, third) = (await OpenAsync(provider, language), await OpenAsync(provider, language), await OpenAsync(provider, language));
        var running = Someone.SignInAsync(first.Browser, first.Page, "lan");
        await hasher.IsAtWorkAsync();
        var waiting = Someone.SignInAsync(second.Browser, second.Page, "binh");
        await Eventually.IsTrueAsync(() => provider.Services.GetRequiredService<PasswordLane>().Waiting == 1, "the queue is full");

        var refused = await Someone.SignInAsync(third.Browser, third.Page, "cuc");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Equal("10", refused.Headers["Retry-After"]);
        Assert.Equal(heading, refused.Heading);
        hasher.Open();
        Assert.NotNull((await running).LeftFor);
        Assert.NotNull((await waiting).LeftFor);
        // Loading the page again sends the same form again; it was never counted as an attempt.
        Assert.NotNull((await Someone.SignInAsync(third.Browser, third.Page, "cuc")).LeftFor);
        Assert.Equal(0, await provider.InDatabaseAsync(db => db.LoginThrottles.CountAsync()));
        foreach (var (browser, _) in (ReadOnlySpan<(TestBrowser, TestPage)>)[first, second, third]) browser.Dispose();
    }

    [Fact]
    public async Task A_storm_of_passwords_leaves_tokens_alone()
    {
        using var hasher = new GatedHasher();
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, configure: builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Login:PasswordsAtOnce"] = "64", ["Login:PasswordQueue"] = "0" });
            builder.Services.AddSingleton<IPasswordHasher<LocalAccount>>(hasher);
        });
        var visitors = new List<(TestBrowser Browser, TestPage Page)>();
        for (var i = 0; i < 40; i++) visitors.Add(await OpenAsync(provider, "vi"));
        var storm = visitors.Select((v, i) => Someone.SignInAsync(v.Browser, v.Page, $"nobody{i}")).ToList();
        await hasher.IsAtWorkAsync(40);

        // Forty passwords are being checked and none of them ends; on the pool's own threads nothing else would run now.
        var api = new TestRelyingParty(provider, "api", "");
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = "dossier.read" }))).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.All(replies, reply => Assert.Equal(200, reply.Status));
        hasher.Open();
        await Task.WhenAll(storm);
        foreach (var (browser, _) in visitors) browser.Dispose();
    }

    private static async Task<(TestBrowser Browser, TestPage Page)> OpenAsync(TestProvider provider, string language)
    {
        var browser = provider.NewBrowser();
        return (browser, await TestRelyingParty.Of(provider).AuthorizeAsync(browser, ("ui_locales", language)));
    }

    private static Action<WebApplicationBuilder> Narrow(GatedHasher hasher) => builder =>
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Login:PasswordsAtOnce"] = "1", ["Login:PasswordQueue"] = "1" });
        builder.Services.AddSingleton<IPasswordHasher<LocalAccount>>(hasher);
    };

    /// <summary>The real check, which begins when the test lets it.</summary>
    private sealed class GatedHasher : IPasswordHasher<LocalAccount>, IDisposable
    {
        private readonly PasswordHasher<LocalAccount> _real = new();
        private readonly ManualResetEventSlim _gate = new();
        private int _atWork;

        public Task IsAtWorkAsync(int count = 1) => Eventually.IsTrueAsync(() => Volatile.Read(ref _atWork) >= count, "passwords are being checked");

        public void Open() => _gate.Set();

        public string HashPassword(LocalAccount user, string password) => _real.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(LocalAccount user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref _atWork);
            _gate.Wait();
            return _real.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }

        public void Dispose()
        {
            _gate.Set();
            _gate.Dispose();
        }
    }
}
