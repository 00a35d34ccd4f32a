using System.Text.Json;
using Identity.Domain.Audit;
using Identity.Domain.Keys;
using Identity.Domain.Storage;
using Identity.Server.Startup;
using Identity.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Oidc;

/// <summary>A new key is known to everybody before it signs; the old one stays known after.</summary>
public sealed class KeyRotationTests
{
    private static readonly TimeSpan Notice = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_rotation_breaks_no_token_and_no_relying_party()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, clock);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var old = await rp.TokensAsync(browser);

        var announced = await RotateAsync(provider);

        var between = await rp.TokensAsync(browser);
        Assert.Equal(KeyOf(old.IdToken), KeyOf(between.IdToken));
        Assert.Superset(new HashSet<string> { announced, KeyOf(old.IdToken) }, await KeysAsync(provider));

        clock.Advance(Notice + TimeSpan.FromSeconds(1));

        var young = await rp.TokensAsync(browser);
        Assert.Equal((announced, announced), (KeyOf(young.IdToken), KeyOf(young.AccessToken)));
        foreach (var reply in (TestReply[])[old, young])
        {
            Assert.True((await TestToken.ValidateAsync(provider, reply.IdToken, "rp", "ES256")).IsValid);
            Assert.Equal(200, (await rp.UserInfoAsync(reply.AccessToken)).Status);
        }
        Assert.Equal("code", (await rp.AuthorizeAsync(browser, ("prompt", "none"), ("id_token_hint", old.IdToken))).Answer.Keys.First());
    }

    [Fact]
    public async Task A_node_whose_clock_is_behind_signs_with_the_very_first_key()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, new FixedClock(DateTimeOffset.UtcNow.AddHours(-1)));
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();

        Assert.True((await TestToken.ValidateAsync(provider, (await rp.TokensAsync(browser)).IdToken, "rp", "ES256")).IsValid);
    }

    private static async Task<string> RotateAsync(TestProvider provider)
    {
        await using var scope = provider.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var key = await services.GetRequiredService<SigningKeyRing>().RotateAsync(
            services.GetRequiredService<IdentityDb>(), services.GetRequiredService<AuditTrail>(), "ES256", Notice, CancellationToken.None);
        await services.GetRequiredService<NodeSnapshot>().RefreshAsync(CancellationToken.None);
        return key;
    }

    private static string KeyOf(string token) => TestReply.Read(token).Kid;

    private static async Task<HashSet<string>> KeysAsync(TestProvider provider)
    {
        using var document = JsonDocument.Parse(await provider.Http.GetStringAsync("/.well-known/openid-configuration/jwks"));
        return [.. document.RootElement.GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("kid").GetString()!)];
    }
}
