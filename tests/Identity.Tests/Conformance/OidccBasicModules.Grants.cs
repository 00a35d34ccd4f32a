using Identity.Tests.Harness;

namespace Identity.Tests.Conformance;

/// <summary>Codes are used once (RFC 6749 §4.1.2), refresh tokens belong to their client (§6, OpenID Connect Core §12).</summary>
public abstract partial class OidccBasicModules
{
    [Fact]
    public async Task oidcc_codereuse()
    {
        var (party, browser) = await StartAsync();
        await ReuseAsync(party, browser, () => { });
    }

    [Fact]
    public async Task oidcc_codereuse_30seconds()
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, clock);
        var browser = NewBrowser(provider);
        await ReuseAsync(Party(provider), browser, () => clock.Advance(TimeSpan.FromSeconds(30)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task oidcc_refresh_token(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var (party, browser) = (Party(provider), NewBrowser(provider));
        Assert.Contains("refresh_token", (await Metadata.ReadAsync(provider)).Strings("grant_types_supported"));
        var first = await party.TokensAsync(browser, ("scope", "openid offline_access"), ("prompt", "consent"));
        Assert.All(first.Reply.RefreshToken, TokenChecks.IsVisible);

        var second = await TokenChecks.JudgeAsync(provider, party.ClientId, await party.RefreshAsync(first.Reply.RefreshToken), nonce: null);
        Assert.Equal((first.Subject, first.AuthTime), (second.Subject, second.AuthTime));
        Assert.NotEqual(first.Reply.AccessToken, second.Reply.AccessToken);
        Assert.Equal(200, (await party.UserInfoAsync(second.Reply.AccessToken)).Status);

        var stranger = new ConformanceParty(provider, TestRelyingParty.ConformancePost(provider), responseMode);
        var refused = await stranger.RefreshAsync(second.Reply.RefreshToken);
        Assert.Equal((400, "invalid_grant"), (refused.Status, refused.Error));
    }

    private static async Task ReuseAsync(ConformanceParty party, TestBrowser browser, Action wait)
    {
        var answer = party.Answer(await party.SignInAsync(browser, await party.AskAsync(browser)));
        var first = await party.RedeemAsync(answer);
        Assert.Equal(200, (await party.UserInfoAsync(first.Reply.AccessToken)).Status);

        wait();

        var again = await party.ExchangeAsync(answer["code"]);
        Assert.Equal((400, "invalid_grant"), (again.Status, again.Error));
        Assert.Equal(401, (await party.UserInfoAsync(first.Reply.AccessToken)).Status);
    }
}
