using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Identity.Sandbox.People;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Tests.Sandbox;

public sealed class EidTests
{
    [Fact]
    public async Task A_person_signs_in_and_the_application_reads_who_it_is()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var answer = await sandbox.SignInAsync("an");
        Assert.Equal("s-1", answer["state"]);

        using var reply = await sandbox.RedeemAsync(answer["code"]);
        var tokens = await reply.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Null(await EidJudge.ProblemAsync(sandbox, tokens));

        using var userinfo = await sandbox.UserinfoAsync(tokens);
        var claims = await userinfo.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("Nguyễn Thị Ẩn", claims.GetProperty("HoVaTen").GetString());
        Assert.Equal("19680905", claims.GetProperty("NgayThangNamSinh").GetString());
        Assert.Equal("tech-an", claims.GetProperty("TechID").GetString());
        Assert.Equal("02", claims.GetProperty("mucDo").GetString());
    }

    [Fact]
    public async Task A_code_cannot_be_redeemed_twice()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var code = (await sandbox.SignInAsync("an"))["code"];
        using var first = await sandbox.RedeemAsync(code);
        using var second = await sandbox.RedeemAsync(code);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Contains("invalid_grant", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sent_challenge_must_be_answered()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        const string verifier = "a-verifier-of-forty-three-characters-or-more-0";
        var pkce = "&code_challenge_method=S256&code_challenge=" + Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        using var silent = await sandbox.RedeemAsync((await sandbox.SignInAsync("an", extra: pkce))["code"]);
        using var proven = await sandbox.RedeemAsync((await sandbox.SignInAsync("an", extra: pkce))["code"], ("code_verifier", verifier));
        Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);
        Assert.Equal(HttpStatusCode.OK, proven.StatusCode);
    }

    [Fact]
    public async Task The_e_id_session_answers_silently_until_it_is_ended()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.SignInAsync("an");
        using (var silent = await sandbox.Browser.GetAsync(sandbox.AuthorizeUrl("&prompt=none")))
            Assert.True(RunningSandbox.Query(silent).ContainsKey("code"));
        using (await sandbox.Browser.GetAsync($"{sandbox.Options.EidUrl}/oidc/logout")) { }
        using var after = await sandbox.Browser.GetAsync(sandbox.AuthorizeUrl("&prompt=none"));
        Assert.Equal("login_required", RunningSandbox.Query(after)["error"]);
    }

    [Fact]
    public async Task A_person_may_refuse()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        Assert.Equal("access_denied", (await sandbox.SignInAsync("", action: "cancel"))["error"]);
    }

    [Fact]
    public async Task Nobody_is_sent_to_a_foreign_address()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var url = sandbox.AuthorizeUrl().Replace(Uri.EscapeDataString(sandbox.RedirectUri), "https%3A%2F%2Fevil.example%2Fcb", StringComparison.Ordinal);
        using var reply = await sandbox.Browser.GetAsync(url);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Null(reply.Headers.Location);
    }

    [Fact]
    public async Task Each_site_answers_only_for_itself()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var reply = await sandbox.Browser.GetAsync($"{sandbox.Options.PortalUrl}/oauth2/jwks");
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    [Fact]
    public async Task The_login_page_names_itself_a_sandbox_and_stays_small()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var page = await sandbox.Browser.GetByteArrayAsync(sandbox.AuthorizeUrl());
        Assert.Contains("SANDBOX", Encoding.UTF8.GetString(page), StringComparison.Ordinal);
        Assert.InRange(page.Length, 1, 14 * 1024);
    }

    [Fact]
    public void Every_synthetic_number_agrees_with_birth_year_and_sex_and_belongs_to_nobody()
    {
        foreach (var person in SyntheticPeople.All)
        {
            var century = (2 * ((person.Born.Year / 100) - 19)) + (person.Gender == "Nữ" ? 1 : 0);
            Assert.StartsWith($"999{century}{person.Born.Year % 100:00}", person.Number, StringComparison.Ordinal);
            Assert.Equal(12, person.Number.Length);
        }
        Assert.Equal(SyntheticPeople.All.Count, SyntheticPeople.All.Select(p => p.Number).Distinct().Count());
    }
}
