using System.Net;
using Identity.Tests.Harness;

namespace Identity.Tests.Login;

/// <summary>Cookies that a neighbour planted, doubled, renamed or piled up.</summary>
public sealed class CookieAttackTests
{
    [Fact]
    public async Task M13_Of_two_cookies_of_one_name_neither_counts_and_of_one_sent_twice_the_one()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var victim = provider.NewBrowser();
        using var attacker = provider.NewBrowser();
        await TestRelyingParty.Of(provider).CodeAsync(victim);
        await TestRelyingParty.Of(provider).CodeAsync(attacker, "binh");
        var (own, planted) = (SessionOf(provider, victim), SessionOf(provider, attacker));

        Assert.Contains("code=", await SilentAsync(provider, $"session={own}"), StringComparison.Ordinal);
        Assert.Contains("code=", await SilentAsync(provider, $"session={own}; session={own}"), StringComparison.Ordinal);
        Assert.Contains("login_required", await SilentAsync(provider, $"session={own}; session={planted}"), StringComparison.Ordinal);
        Assert.Contains("login_required", await SilentAsync(provider, $"session={planted}; lang=vi; session={own}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SESSION")]
    [InlineData("Session")]
    [InlineData("%73ession")]
    [InlineData("session%00")]
    [InlineData(" ses sion")]
    [InlineData("$session")]
    public async Task M13_A_cookie_of_another_spelling_is_another_cookie(string name)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        await TestRelyingParty.Of(provider).CodeAsync(browser);
        Assert.Contains("login_required", await SilentAsync(provider, $"{name}={SessionOf(provider, browser)}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task M13_Fifty_cookies_of_four_kilobytes_are_refused_and_the_next_visitor_is_served()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var cookies = string.Join("; ", Enumerable.Range(0, 50).Select(i => $"c{i}={new string('x', 4_000)}"));
        var answer = await RawHttp.SendAsync(provider, $"GET /help HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n");
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 431", StringComparison.Ordinal), answer.Split('\r')[0]);
        Assert.Equal(HttpStatusCode.OK, (await provider.Http.GetAsync("/help")).StatusCode);
    }

    [Fact]
    public async Task M13_Many_small_cookies_break_nothing()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        await TestRelyingParty.Of(provider).CodeAsync(browser);
        var many = string.Join("; ", Enumerable.Range(0, 500).Select(i => $"session{i}=x"));
        Assert.Contains("code=", await SilentAsync(provider, $"{many}; session={SessionOf(provider, browser)}; =; ;; session"), StringComparison.Ordinal);
    }

    private static string SessionOf(TestProvider provider, TestBrowser browser) => browser.Cookies.GetCookies(new Uri(provider.Issuer))["session"]!.Value;

    /// <summary>Where <c>prompt=none</c> leads with exactly this cookie header.</summary>
    private static async Task<string> SilentAsync(TestProvider provider, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, TestRelyingParty.Address(TestRelyingParty.Of(provider).Request(("prompt", "none"))));
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        using var reply = await provider.Http.SendAsync(request);
        return reply.Headers.Location!.Query;
    }
}
