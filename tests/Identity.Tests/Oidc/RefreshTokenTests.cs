using Identity.Tests.Harness;

namespace Identity.Tests.Oidc;

public sealed class RefreshTokenTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Each_use_gives_a_successor_and_fresh_tokens_for_the_same_sign_in(Engine engine)
    {
        var (_, rp, first) = await SignedInAsync(engine);
        var second = await rp.TokenAsync(rp.Refresh(first.RefreshToken));
        var third = await rp.TokenAsync(rp.Refresh(second.RefreshToken));

        Assert.Equal(200, third.Status);
        Assert.Equal(3, new[] { first.RefreshToken, second.RefreshToken, third.RefreshToken }.Distinct().Count());
        Assert.Equal(TestReply.Read(first.IdToken).GetClaim("auth_time").Value, TestReply.Read(third.IdToken).GetClaim("auth_time").Value);
        Assert.Equal(TestReply.Read(first.IdToken).Subject, TestReply.Read(third.IdToken).Subject);
        Assert.False(TestReply.Read(third.IdToken).TryGetClaim("nonce", out _));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task O21_Eight_parallel_uses_give_one_answer_and_end_the_family(Engine engine)
    {
        var (_, rp, first) = await SignedInAsync(engine);

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => rp.TokenAsync(rp.Refresh(first.RefreshToken))));

        var winner = Assert.Single(replies, r => r.Status == 200);
        Assert.All(replies.Where(r => r != winner), r => Assert.Equal("invalid_grant", r.Error));
        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Refresh(winner.RefreshToken))).Error);
        Assert.Equal(401, (await rp.UserInfoAsync(winner.AccessToken)).Status);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task O21_A_second_use_by_an_older_clock_is_no_lost_answer(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(engine, clock);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var first = await rp.TokensAsync(browser, changes: ("scope", "openid offline_access"));
        var second = await rp.TokenAsync(rp.Refresh(first.RefreshToken));

        // What a parallel loser sees: it read its clock before the winner did.
        clock.Advance(TimeSpan.FromSeconds(-1));

        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Refresh(first.RefreshToken))).Error);
        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Refresh(second.RefreshToken))).Error);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task O21_An_old_token_ends_the_family_however_many_generations_later(Engine engine)
    {
        var (_, rp, first) = await SignedInAsync(engine);
        var second = await rp.TokenAsync(rp.Refresh(first.RefreshToken));
        var third = await rp.TokenAsync(rp.Refresh(second.RefreshToken));

        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Refresh(first.RefreshToken))).Error);
        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Refresh(third.RefreshToken))).Error);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_lost_answer_may_be_asked_for_again_and_never_forks(Engine engine)
    {
        var (_, rp, first) = await SignedInAsync(engine, "rp-grace");

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => rp.TokenAsync(rp.Refresh(first.RefreshToken))));

        Assert.All(replies, r => Assert.Equal(200, r.Status));
        var successor = Assert.Single(replies.Select(r => r.RefreshToken).Distinct());
        Assert.Equal(200, (await rp.TokenAsync(rp.Refresh(successor))).Status);
        // The successor has been used, so the predecessor is an old token now, grace or not.
        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Refresh(first.RefreshToken))).Error);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task After_the_grace_a_second_use_is_theft(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(engine, clock);
        var rp = TestRelyingParty.Of(provider, "rp-grace");
        using var browser = provider.NewBrowser();
        var first = await rp.TokensAsync(browser, changes: ("scope", "openid offline_access"));
        var second = await rp.TokenAsync(rp.Refresh(first.RefreshToken));

        clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Refresh(first.RefreshToken))).Error);
        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Refresh(second.RefreshToken))).Error);
    }

    [Fact]
    public async Task O22_Another_client_cannot_use_the_token_and_does_not_end_the_family()
    {
        var (provider, rp, first) = await SignedInAsync(Engine.Sqlite);
        Assert.Equal("invalid_grant", (await TestRelyingParty.Of(provider, "rp-two").TokenAsync(rp.Refresh(first.RefreshToken))).Error);
        Assert.Equal(200, (await rp.TokenAsync(rp.Refresh(first.RefreshToken))).Status);
    }

    [Fact]
    public async Task O22_A_wider_scope_is_refused_and_costs_nothing_a_narrower_one_is_honoured()
    {
        var (_, rp, first) = await SignedInAsync(Engine.Sqlite);
        Assert.Equal("invalid_scope", (await rp.TokenAsync(rp.Refresh(first.RefreshToken, ("scope", "openid email")))).Error);
        var narrow = await rp.TokenAsync(rp.Refresh(first.RefreshToken, ("scope", "openid")));
        Assert.Equal("openid", narrow.Json.GetProperty("scope").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("a.b.c")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB")]
    public async Task O3_What_is_no_refresh_token_of_ours_is_refused(string token)
    {
        var (_, rp, _) = await SignedInAsync(Engine.Sqlite);
        Assert.Contains((await rp.TokenAsync(rp.Refresh(token))).Error, (string[])["invalid_grant", "invalid_request"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_family_ends_when_it_is_idle_and_at_its_absolute_end(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(engine, clock);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var idle = await rp.TokensAsync(browser, changes: ("scope", "openid offline_access"));
        var used = await rp.TokensAsync(browser, changes: ("scope", "openid offline_access"));

        clock.Advance(TimeSpan.FromDays(13));
        used = await rp.TokenAsync(rp.Refresh(used.RefreshToken));
        clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Refresh(idle.RefreshToken))).Error);
        used = await rp.TokenAsync(rp.Refresh(used.RefreshToken));
        clock.Advance(TimeSpan.FromDays(10));
        used = await rp.TokenAsync(rp.Refresh(used.RefreshToken));
        clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Refresh(used.RefreshToken))).Error);
    }

    private static async Task<(TestProvider Provider, TestRelyingParty Rp, TestReply Tokens)> SignedInAsync(Engine engine, string client = "rp")
    {
        var provider = await TestProvider.SharedAsync(engine);
        var rp = TestRelyingParty.Of(provider, client);
        using var browser = provider.NewBrowser();
        return (provider, rp, await rp.TokensAsync(browser, changes: ("scope", "openid profile offline_access")));
    }
}
