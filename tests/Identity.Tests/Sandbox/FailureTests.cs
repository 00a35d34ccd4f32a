using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Identity.Tests.Sandbox;

public sealed class FailureTests
{
    [Theory, InlineData("", null), InlineData("wrong_signature", "signature"), InlineData("wrong_issuer", "issuer")]
    [InlineData("wrong_audience", "audience"), InlineData("wrong_nonce", "nonce"), InlineData("stale_iat", "lifetime")]
    public async Task A_token_failure_breaks_what_it_names(string failure, string? problem)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        Assert.Equal(problem, await EidJudge.ProblemAsync(sandbox, await sandbox.TokensAsync("an", failure)));
    }

    [Theory, InlineData("missing_claim", "HoVaTen"), InlineData("missing_claim", "SoDinhDanh"), InlineData("missing_claim", "TechID")]
    [InlineData("no_email", "ThuDienTu"), InlineData("no_email", "email")]
    public async Task A_withheld_claim_is_absent(string failure, string claim)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        Assert.True((await ClaimsAsync(sandbox, "")).TryGetProperty(claim, out _));
        Assert.False((await ClaimsAsync(sandbox, failure)).TryGetProperty(claim, out _));
    }

    [Fact]
    public async Task Level_too_low_lowers_the_level()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        Assert.Equal("01", (await ClaimsAsync(sandbox, "level_too_low")).GetProperty("mucDo").GetString());
    }

    [Fact]
    public async Task Malformed_userinfo_is_not_json()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await Assert.ThrowsAnyAsync<JsonException>(() => ClaimsAsync(sandbox, "malformed"));
    }

    [Theory, InlineData("down", HttpStatusCode.ServiceUnavailable), InlineData("replayed_code", HttpStatusCode.BadRequest)]
    public async Task The_token_endpoint_refuses(string failure, HttpStatusCode status)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var reply = await sandbox.RedeemAsync((await sandbox.SignInAsync("an", failure))["code"]);
        Assert.Equal(status, reply.StatusCode);
    }

    [Fact]
    public async Task A_slow_provider_answers_after_the_caller_gave_up()
    {
        await using var sandbox = await RunningSandbox.StartAsync(o => o.SlowSeconds = 3600);
        var code = (await sandbox.SignInAsync("an", "slow"))["code"];
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        using var form = RunningSandbox.Form(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", sandbox.RedirectUri),
            ("client_id", sandbox.Options.EidClientId), ("client_secret", sandbox.Options.EidClientSecret));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            sandbox.Browser.PostAsync($"{sandbox.Options.EidUrl}/oauth2/token", form, patience.Token));
    }

    [Fact]
    public async Task A_person_who_cancels_is_reported_as_such()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        Assert.Equal("access_denied", (await sandbox.SignInAsync("an", "user_cancels"))["error"]);
    }

    [Fact]
    public async Task The_switch_for_everybody_reaches_discovery_and_can_be_cleared()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var discovery = $"{sandbox.Options.EidUrl}/.well-known/openid-configuration";
        await SwitchAsync(sandbox, "down");
        using (var down = await sandbox.Browser.GetAsync(discovery)) Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
        await SwitchAsync(sandbox, "none");
        using var up = await sandbox.Browser.GetAsync(discovery);
        Assert.Equal(HttpStatusCode.OK, up.StatusCode);
    }

    [Fact]
    public async Task An_unknown_failure_is_refused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var reply = await sandbox.Browser.PutAsJsonAsync($"{sandbox.Options.EidUrl}/_sandbox/failure", new { failure = "earthquake" });
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    static async Task SwitchAsync(RunningSandbox sandbox, string failure)
    {
        using var reply = await sandbox.Browser.PutAsJsonAsync($"{sandbox.Options.EidUrl}/_sandbox/failure", new { failure });
        reply.EnsureSuccessStatusCode();
    }

    static async Task<JsonElement> ClaimsAsync(RunningSandbox sandbox, string failure)
    {
        using var reply = await sandbox.UserinfoAsync(await sandbox.TokensAsync("full", failure));
        return await reply.Content.ReadFromJsonAsync<JsonElement>();
    }
}
