using System.Net;
using System.Security.Cryptography;

namespace Identity.Tests.Sandbox;

public sealed class BackChannelLogoutTests
{
    [Fact]
    public async Task A_logout_message_ends_the_session_it_names()
    {
        await using var issuer = await LogoutIssuer.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync(o => o.Authority = issuer.Url);
        using (await issuer.SignInAsync(sandbox)) Assert.True(await LogoutIssuer.IsSignedInAsync(sandbox));

        using var other = await SendAsync(sandbox, issuer.Sign(new(LogoutIssuer.GoodLogout()) { ["sid"] = "s-2" }));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.True(await LogoutIssuer.IsSignedInAsync(sandbox));

        using var own = await SendAsync(sandbox, issuer.Sign(LogoutIssuer.GoodLogout()));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.True(own.Headers.CacheControl?.NoStore);
        Assert.False(await LogoutIssuer.IsSignedInAsync(sandbox));
    }

    [Theory, InlineData("signature"), InlineData("iss"), InlineData("aud"), InlineData("age"), InlineData("jti")]
    [InlineData("events"), InlineData("nonce"), InlineData("sub, sid"), InlineData("none")]
    public async Task One_wrong_thing_refuses_a_good_logout_message(string wrong)
    {
        await using var issuer = await LogoutIssuer.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync(o => o.Authority = issuer.Url);
        using (await issuer.SignInAsync(sandbox)) { }
        using var reply = await SendAsync(sandbox, Broken(issuer, wrong));
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.True(await LogoutIssuer.IsSignedInAsync(sandbox));
    }

    [Fact]
    public async Task A_refresh_token_renews_the_session()
    {
        await using var issuer = await LogoutIssuer.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync(o => o.Authority = issuer.Url);
        using (await issuer.SignInAsync(sandbox)) { }
        using var reply = await sandbox.Browser.PostAsync($"{sandbox.Options.PortalUrl}/refresh", null);
        Assert.Equal(HttpStatusCode.SeeOther, reply.StatusCode);
        Assert.True(await LogoutIssuer.IsSignedInAsync(sandbox));
    }

    [Fact]
    public async Task A_server_that_promises_to_name_itself_must()
    {
        await using var issuer = await LogoutIssuer.StartAsync();
        await using var sandbox = await RunningSandbox.StartAsync(o => o.Authority = issuer.Url);
        using var reply = await issuer.SignInAsync(sandbox, nameIssuer: false);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    static string Broken(LogoutIssuer issuer, string wrong)
    {
        var claims = LogoutIssuer.GoodLogout();
        using var stranger = RSA.Create(2048);
        switch (wrong)
        {
            case "signature": return issuer.Sign(claims, key: stranger);
            case "iss": return issuer.Sign(claims, issuer: "https://evil.example");
            case "aud": return issuer.Sign(claims, audience: "documents");
            case "age": return issuer.Sign(claims, age: TimeSpan.FromHours(1));
            case "nonce": claims["nonce"] = "n"; break;
            case "none": return "eyJhbGciOiJub25lIn0." + issuer.Sign(claims).Split('.')[1] + ".";
            default: foreach (var name in wrong.Split(", ")) claims.Remove(name); break;
        }
        return issuer.Sign(claims);
    }

    static Task<HttpResponseMessage> SendAsync(RunningSandbox sandbox, string token) =>
        sandbox.Browser.PostAsync($"{sandbox.Options.PortalUrl}/backchannel-logout", RunningSandbox.Form(("logout_token", token)));
}
