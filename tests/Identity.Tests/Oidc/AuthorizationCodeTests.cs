using Identity.Tests.Harness;

namespace Identity.Tests.Oidc;

/// <summary>The code flow from a browser's first request to tokens, and everything that must not work twice or for others.</summary>
public sealed class AuthorizationCodeTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_person_signs_in_and_the_application_gets_tokens(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();

        var answer = (await rp.SignInAsync(browser)).Answer;
        Assert.Equal("state-1", answer["state"]);
        Assert.Equal(provider.Issuer, answer["iss"]);

        var reply = await rp.TokenAsync(rp.Exchange(answer["code"]));
        Assert.Equal(200, reply.Status);
        Assert.Equal("no-store", reply.Headers.CacheControl!.ToString());
        var idToken = await TestToken.ValidateAsync(provider, reply.IdToken, "rp", "ES256");
        Assert.True(idToken.IsValid, idToken.Exception?.Message);
        Assert.Equal("nonce-1", idToken.Claims["nonce"]);
        Assert.Equal("urn:vn:eid:auth:1", idToken.Claims["acr"]);
        var userInfo = await rp.UserInfoAsync(reply.AccessToken);
        Assert.Equal(idToken.Claims["sub"], userInfo.Json.GetProperty("sub").GetString());
        Assert.Equal("lan", userInfo.Json.GetProperty("name").GetString());
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task O1_Eight_parallel_redemptions_of_one_code_give_one_answer_and_end_the_grant(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var code = await rp.CodeAsync(browser);

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => rp.TokenAsync(rp.Exchange(code))));

        var winner = Assert.Single(replies, r => r.Status == 200);
        Assert.All(replies.Where(r => r != winner), r => Assert.Equal("invalid_grant", r.Error));
        Assert.Equal(401, (await rp.UserInfoAsync(winner.AccessToken)).Status);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task O1_A_code_used_again_later_ends_the_tokens_of_its_first_use(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var code = await rp.CodeAsync(browser, changes: ("scope", "openid offline_access"));
        var first = await rp.TokenAsync(rp.Exchange(code));
        Assert.Equal(200, (await rp.UserInfoAsync(first.AccessToken)).Status);

        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Exchange(code))).Error);

        Assert.Equal(401, (await rp.UserInfoAsync(first.AccessToken)).Status);
        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Refresh(first.RefreshToken))).Error);
    }

    [Theory]
    [InlineData("redirect_uri", "https://rp.example/other")]
    [InlineData("redirect_uri", null)]
    [InlineData("code_verifier", "another-verifier-that-never-made-this-challenge-0")]
    [InlineData("code_verifier", null)]
    [InlineData("code_verifier", "too-short")]
    [InlineData("code", "not-a-code")]
    public async Task One_wrong_field_refuses_a_good_request_and_burns_the_code(string field, string? value)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var code = await rp.CodeAsync(browser);

        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Exchange(code, (field, value)))).Error);
        if (field != "code") Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Exchange(code))).Error);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task O2_Another_client_cannot_redeem_the_code_and_nobody_can_afterwards(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var code = await rp.CodeAsync(browser);

        Assert.Equal("invalid_grant", (await TestRelyingParty.Of(provider, "rp-two").TokenAsync(rp.Exchange(code))).Error);
        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Exchange(code))).Error);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task O4_A_code_dies_after_a_minute(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(engine, clock);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var code = await rp.CodeAsync(browser);

        clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal("invalid_grant", (await rp.TokenAsync(rp.Exchange(code))).Error);
    }

    [Fact]
    public async Task Two_applications_of_different_sectors_know_one_person_by_different_identifiers()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var one = TestReply.Read((await TestRelyingParty.Of(provider).TokensAsync(browser)).IdToken);
        var two = TestReply.Read((await TestRelyingParty.Of(provider, "rp-two").TokensAsync(browser)).IdToken);
        var again = TestReply.Read((await TestRelyingParty.Of(provider, "rp-grace").TokensAsync(browser)).IdToken);

        Assert.NotEqual(one.Subject, two.Subject);
        Assert.Equal(one.Subject, again.Subject);
        Assert.NotEqual(one.GetClaim("sid").Value, two.GetClaim("sid").Value);
    }
}
