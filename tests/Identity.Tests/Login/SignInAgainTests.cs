using Identity.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Login;

/// <summary>What becomes of the session that was there when somebody signs in.</summary>
public sealed class SignInAgainTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_same_person_keeps_sid_and_grants_and_gets_a_new_cookie(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var first = await rp.TokensAsync(browser);
        var cookie = browser.Cookies.GetAllCookies().Single(c => c.Name.EndsWith("session", StringComparison.Ordinal)).Value;

        var second = await rp.TokensAsync(browser, changes: ("prompt", "login"));

        Assert.NotEqual(cookie, browser.Cookies.GetAllCookies().Single(c => c.Name.EndsWith("session", StringComparison.Ordinal)).Value);
        Assert.Equal(TestReply.Read(first.IdToken).GetClaim("sid").Value, TestReply.Read(second.IdToken).GetClaim("sid").Value);
        Assert.Equal(200, (await rp.UserInfoAsync(first.AccessToken)).Status);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task L13_Another_person_ends_the_session_before_and_its_applications_are_owed_a_logout(Engine engine)
    {
        var provider = await TestProvider.SharedAsync(engine);
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var lan = await rp.TokensAsync(browser);
        var sid = TestReply.Read(lan.IdToken).GetClaim("sid").Value;

        var binh = await rp.TokensAsync(browser, "binh", ("prompt", "login"));

        Assert.NotEqual(TestReply.Read(lan.IdToken).Subject, TestReply.Read(binh.IdToken).Subject);
        Assert.NotEqual(sid, TestReply.Read(binh.IdToken).GetClaim("sid").Value);
        Assert.Equal(401, (await rp.UserInfoAsync(lan.AccessToken)).Status);
        Assert.True(await provider.InDatabaseAsync(db => db.LogoutDeliveries.AnyAsync(d => d.Sid == sid)));
    }
}
