using System.Text.Json.Nodes;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Oidc;

/// <summary>What was allowed when it began and is no longer when it is redeemed.</summary>
public sealed class WithdrawnRightsTests
{
    public static TheoryData<string> Withdrawals => ["person suspended", "client disabled", "connector disabled", "connector no longer accepted"];

    [Theory, MemberData(nameof(Withdrawals))]
    public async Task O4_O22_O29_L18_Whatever_was_withdrawn_ends_code_token_session_and_refresh_at_once(string withdrawal)
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var name = await Someone.NewAsync(provider);
        var tokens = await rp.TokensAsync(browser, name, ("scope", "openid profile offline_access dossier.read"));
        var code = await rp.CodeAsync(browser, name);

        await WithdrawAsync(provider, withdrawal, name);

        var error = withdrawal == "client disabled" ? "invalid_client" : "invalid_grant";
        Assert.Equal(error, (await rp.TokenAsync(rp.Exchange(code))).Error);
        Assert.Equal(401, (await rp.UserInfoAsync(tokens.AccessToken)).Status);
        foreach (var token in (string[])[tokens.AccessToken, tokens.RefreshToken])
            Assert.Equal("""{"active":false}""", (await new TestRelyingParty(provider, "api", "").PostAsync("/connect/introspect", new() { ["token"] = token })).Body);
        Assert.Equal(error, (await rp.TokenAsync(rp.Refresh(tokens.RefreshToken))).Error);
        var silent = await rp.AuthorizeAsync(browser, ("prompt", "none"));
        Assert.True(silent.LeftFor is null || !silent.Answer.ContainsKey("code"), silent.LeftFor?.Query);
        if (withdrawal == "person suspended")
        {
            var page = await rp.AuthorizeAsync(browser, ("prompt", "login"));
            Assert.True(Someone.AsksForPassword(await Someone.SignInAsync(browser, page, name)));
            Assert.Equal(403, (int)(await browser.GetAsync("/account")).Status);
        }
    }

    [Fact]
    public async Task O4_A_code_of_a_session_that_was_ended_on_another_device_is_refused()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        var name = await Someone.NewAsync(provider);
        using var lost = provider.NewBrowser();
        using var own = provider.NewBrowser();
        var code = await rp.CodeAsync(lost, name);
        await rp.CodeAsync(own, name);

        await own.SubmitAsync(await own.GetAsync("/account/sessions"), "/account/sessions", ("others", "true"));

        RawRequest.AssertRefused(await rp.TokenAsync(rp.Exchange(code)), 400, "invalid_grant");
        Assert.Equal("login_required", (await rp.AuthorizeAsync(lost, ("prompt", "none"))).Answer["error"]);
    }

    [Fact]
    public async Task O22_L19_A_stopped_service_cannot_refresh()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider, "rp-release");
        using var browser = provider.NewBrowser();
        var name = await Someone.NewAsync(provider);
        var tokens = await rp.TokensAsync(browser, name, ("scope", "openid profile offline_access"));
        Assert.Equal(200, (await rp.UserInfoAsync(tokens.AccessToken)).Status);

        await browser.SubmitAsync(await browser.GetAsync("/account/services"), "/account/services", ("client", "rp-release"));

        RawRequest.AssertRefused(await rp.TokenAsync(rp.Refresh(tokens.RefreshToken)), 400, "invalid_grant");
        Assert.Equal(401, (await rp.UserInfoAsync(tokens.AccessToken)).Status);
        Assert.Equal("consent_required", (await rp.AuthorizeAsync(browser, ("prompt", "none"), ("scope", "openid profile offline_access"))).Answer["error"]);
    }

    [Theory]
    [InlineData("offline_access", "refresh_token")]
    [InlineData("profile")]
    public async Task O22_L19_What_a_client_may_no_longer_have_is_not_in_the_next_token(params string[] removed)
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var tokens = await rp.TokensAsync(browser, changes: ("scope", "openid profile offline_access"));

        await provider.ImportAsync(ClientDocument.Of("rp", client =>
        {
            foreach (var list in (string[])["scopes", "grant_types"])
                client[list] = new JsonArray([.. client[list]!.AsArray().Select(v => (string)v!).Except(removed).Select(v => (JsonNode)v)]);
        }));

        var reply = await rp.TokenAsync(rp.Refresh(tokens.RefreshToken));
        if (removed.Contains("refresh_token"))
        {
            RawRequest.AssertRefused(reply, 400, "unauthorized_client");
            return;
        }
        Assert.Equal("openid offline_access", reply.Json.GetProperty("scope").GetString());
        Assert.False((await rp.UserInfoAsync(reply.AccessToken)).Json.TryGetProperty("name", out _));
        // Nor by the token that is still alive.
        Assert.False((await rp.UserInfoAsync(tokens.AccessToken)).Json.TryGetProperty("name", out _));
    }

    private static async Task WithdrawAsync(TestProvider provider, string withdrawal, string name)
    {
        switch (withdrawal)
        {
            case "person suspended":
                await Deed.SuspendAsync(provider, name);
                break;
            case "client disabled":
                await provider.ImportAsync(ClientDocument.Of("rp", client => client["enabled"] = false));
                break;
            case "connector disabled":
                var seed = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Seed", "development.json")))!;
                var local = seed["connectors"]!.AsArray().Single(c => (string)c!["name"]! == "local")!.DeepClone();
                local["enabled"] = false;
                await provider.ImportAsync(new JsonObject { ["connectors"] = new JsonArray(local) }.ToJsonString());
                break;
            default:
                await provider.ImportAsync(ClientDocument.Of("rp", client => client["connectors"] = new JsonArray("vnconnect")));
                break;
        }
    }
}
