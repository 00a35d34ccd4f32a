using System.IdentityModel.Tokens.Jwt;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Identity.Tests.Oidc;

/// <summary>Codes that were stolen, edited, injected or made up.</summary>
public sealed class CodeAttackTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task O1_A_code_used_again_after_half_a_minute_ends_what_it_gave(Engine engine)
    {
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await TestProvider.StartAsync(engine, clock);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var code = await rp.CodeAsync(browser, changes: ("scope", "openid offline_access"));
        var first = await rp.TokenAsync(rp.Exchange(code));
        clock.Advance(TimeSpan.FromSeconds(30));

        RawRequest.AssertRefused(await rp.TokenAsync(rp.Exchange(code)), 400, "invalid_grant");

        Assert.Equal(401, (await rp.UserInfoAsync(first.AccessToken)).Status);
        RawRequest.AssertRefused(await rp.TokenAsync(rp.Refresh(first.RefreshToken)), 400, "invalid_grant");
        Assert.Equal(1, await provider.InDatabaseAsync(db => db.AuditEvents.CountAsync(e => e.Name == "token.refused" && e.Detail!.Contains("code"))));
    }

    [Fact]
    public async Task O2_A_code_without_credentials_is_refused()
    {
        var (provider, rp, code) = await CodeAsync();
        RawRequest.AssertRefused(await RawRequest.FormAsync(provider, "/connect/token", null, rp.Exchange(code)), 401, "invalid_client");
        RawRequest.AssertRefused(await RawRequest.FormAsync(provider, "/connect/token", null, rp.Exchange(code, ("client_id", "rp"))), 401, "invalid_client");
        RawRequest.AssertRefused(await RawRequest.FormAsync(provider, "/connect/token", null, rp.Exchange(code, ("client_id", "spa"))), 400, "invalid_grant");
    }

    [Fact]
    public async Task O2_A_code_that_was_edited_is_no_code()
    {
        var (_, rp, code) = await CodeAsync();
        foreach (var edited in (string[])[code + "A", code[..^1], code.ToUpperInvariant(), code.ToLowerInvariant(), code + ".rp", $"rp.{code}", code + "=", code + " ", code + code])
            RawRequest.AssertRefused(await rp.TokenAsync(rp.Exchange(edited)), 400, "invalid_grant");
        // None of them was the code, so none of them used it up.
        Assert.Equal(200, (await rp.TokenAsync(rp.Exchange(code))).Status);
    }

    [Fact]
    public async Task O3_Nothing_else_that_works_once_is_a_code_and_a_code_is_nothing_else()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var page = await rp.AuthorizeAsync(browser);
        var parked = page.Address.AbsolutePath.Split('/')[2];
        var form = page.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        var tokens = await rp.TokensAsync(browser, changes: ("scope", "openid offline_access"));
        var logout = (await browser.GetAsync("/connect/endsession")).Address.AbsolutePath.Split('/')[2];
        var cookies = browser.Cookies.GetAllCookies().Where(c => c.Name is "session" or "browser" or "known-device").Select(c => c.Value);

        foreach (var other in (string[])[parked, form, tokens.RefreshToken, tokens.RefreshToken.Split('.')[^1], tokens.AccessToken, tokens.IdToken, logout, .. cookies])
            RawRequest.AssertRefused(await rp.TokenAsync(rp.Exchange(other)), 400, "invalid_grant");

        var code = await rp.CodeAsync(browser);
        RawRequest.AssertRefused(await rp.TokenAsync(rp.Refresh(code)), 400, "invalid_grant");
        Assert.Equal("""{"active":false}""", (await rp.PostAsync("/connect/introspect", new() { ["token"] = code })).Body);
        Assert.Equal(200, (await rp.TokenAsync(rp.Exchange(code))).Status);
    }

    [Theory]
    [InlineData(42)]
    [InlineData(129)]
    [InlineData(128 * 1024 / 4)]
    public async Task O5_A_verifier_is_as_long_as_RFC_7636_says(int length)
    {
        var verifier = new string('v', length);
        var challenge = System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(verifier)));
        var (_, rp, code) = await CodeAsync(("code_challenge", challenge));
        Assert.Contains((await rp.TokenAsync(rp.Exchange(code, ("code_verifier", verifier)))).Error, (string[])["invalid_grant", "invalid_request"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(TestRelyingParty.Verifier)]
    public async Task O5_A_challenge_taken_away_on_the_way_or_a_verifier_for_none_is_refused(string? verifier)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        // The one kind of client that may do without: what was asked for without a challenge is not redeemed with a verifier.
        var rp = TestRelyingParty.Conformance(provider);
        using var browser = provider.NewBrowser();
        var bare = await rp.CodeAsync(browser, changes: [("code_challenge", null), ("code_challenge_method", null), ("scope", "openid")]);
        if (verifier == TestRelyingParty.Verifier)
            RawRequest.AssertRefused(await rp.TokenAsync(rp.Exchange(bare, ("code_verifier", verifier))), 400, "invalid_grant");
        // And what was asked for with one is not redeemed without.
        var bound = await rp.CodeAsync(browser, changes: ("scope", "openid"));
        if (verifier != TestRelyingParty.Verifier)
            Assert.Contains((await rp.TokenAsync(rp.Exchange(bound, ("code_verifier", verifier)))).Error, (string[])["invalid_grant", "invalid_request"]);
    }

    [Fact]
    public async Task O6_A_stolen_code_in_the_thiefs_own_sign_in_fails_at_the_verifier()
    {
        var (_, rp, code) = await CodeAsync();
        // The application redeems with the verifier of the sign-in that the thief began.
        RawRequest.AssertRefused(await rp.TokenAsync(rp.Exchange(code, ("code_verifier", "the-verifier-of-the-sign-in-that-the-thief-began"))), 400, "invalid_grant");
        RawRequest.AssertRefused(await rp.TokenAsync(rp.Exchange(code)), 400, "invalid_grant");
    }

    [Fact]
    public async Task O6_Without_PKCE_a_foreign_relying_party_still_notices_by_the_nonce()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Conformance(provider);
        using var victim = provider.NewBrowser();
        var stolen = await rp.TokensAsync(victim, changes: [("code_challenge", null), ("code_challenge_method", null), ("scope", "openid"), ("nonce", "nonce-of-the-victim")]);
        var context = new OpenIdConnectProtocolValidationContext
        {
            ClientId = rp.ClientId,
            Nonce = "nonce-of-the-thief",
            ValidatedIdToken = new JwtSecurityToken(stolen.IdToken),
            ProtocolMessage = new OpenIdConnectMessage { IdToken = stolen.IdToken, AccessToken = stolen.AccessToken },
        };
        var judge = new OpenIdConnectProtocolValidator { RequireState = false, RequireTimeStampInNonce = false, RequireStateValidation = false };
        Assert.Throws<OpenIdConnectProtocolInvalidNonceException>(() => judge.ValidateTokenResponse(context));
        context.Nonce = "nonce-of-the-victim";
        judge.ValidateTokenResponse(context);
    }

    [Theory]
    [InlineData("query")]
    [InlineData("form_post")]
    public async Task O7_Every_answer_names_us(string mode)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        Assert.Equal(provider.Issuer, (await rp.AuthorizeAsync(browser, ("prompt", "none"), ("response_mode", mode))).Answer["iss"]);
        Assert.Equal(provider.Issuer, (await rp.AuthorizeAsync(browser, ("response_type", "token"), ("response_mode", mode))).Answer["iss"]);
        Assert.Equal(provider.Issuer, (await rp.SignInAsync(browser, changes: ("response_mode", mode))).Answer["iss"]);
        Assert.Contains("\"authorization_response_iss_parameter_supported\":true", await provider.Http.GetStringAsync("/.well-known/openid-configuration"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task O37_An_agreement_is_given_in_the_browser_that_signed_in_and_answered_in_no_other()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider, "rp-release");
        using var one = provider.NewBrowser();
        using var two = provider.NewBrowser();
        var (first, second) = (await Someone.NewAsync(provider), await Someone.NewAsync(provider));
        var page = await Someone.SignInAsync(one, await rp.AuthorizeAsync(one), first);
        var own = await Someone.SignInAsync(two, await rp.AuthorizeAsync(two), second);
        Assert.All((TestPage[])[page, own], p => Assert.Contains(p.Forms, f => f.Action.EndsWith("/release", StringComparison.Ordinal)));
        var id = page.Address.AbsolutePath.Split('/')[2];

        // The other browser has the link, a session and a form token of its own: it cannot agree, and is not answered.
        var token = own.Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        Assert.Null((await two.PostAsync($"/login/{id}/release", new Dictionary<string, string> { ["answer"] = "agree", ["form"] = token })).LeftFor);
        Assert.Null((await two.GetAsync($"/connect/authorize/callback?request={id}")).LeftFor);
        Assert.Null((await two.GetAsync($"/connect/authorize/callback?request={id[..^1]}A")).LeftFor);

        // Agreed to here, the answer waits for this browser alone.
        Assert.Null((await two.GetAsync($"/connect/authorize/callback?request={id}")).LeftFor);
        Assert.True((await TestRelyingParty.AgreeAsync(one, page)).Answer.ContainsKey("code"));
        Assert.Null((await two.GetAsync($"/connect/authorize/callback?request={id}")).LeftFor);
    }

    private static async Task<(TestProvider Provider, TestRelyingParty Rp, string Code)> CodeAsync(params (string Name, string? Value)[] changes)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        return (provider, rp, await rp.CodeAsync(browser, "lan", changes));
    }
}
