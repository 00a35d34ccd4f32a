using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Identity.Tests.Harness;

namespace Identity.Tests.Oidc;

/// <summary>Requests that are too large, carry markup, or come from a script of another site.</summary>
public sealed class HostileRequestTests
{
    private const string Markup = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'{{7*7}}</form>\u2028\u202E";

    public static TheoryData<string, string> Oversized { get; } = new()
    {
        { "scope", string.Join(' ', Enumerable.Range(0, 5_000).Select(i => $"s{i}")) },
        { "claims", new string(' ', 1_000_000) },
        { "claims", string.Concat(Enumerable.Repeat("{\"id_token\":", 600)) },
        { "claims", string.Concat(Enumerable.Repeat("[", 10_000)) },
        { "claims", "{\"userinfo\":{" + string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"c{i}\":null")) + "}}" },
        { "state", new string('s', 1_000_000) },
        { "state", new string('s', 2_001) },
        { "nonce", new string('n', 1_000_000) },
        { "nonce", new string('n', 1_001) },
        { "acr_values", string.Join(' ', Enumerable.Range(0, 5_000)) },
        { "ui_locales", string.Join(' ', Enumerable.Range(0, 5_000)) },
        { "ui_locales", string.Join(' ', Enumerable.Repeat("vi", 51)) },
        { "id_token_hint", new string('a', 40_000) },
        { "unheard_of", new string('u', 60_000) },
    };

    [Theory, MemberData(nameof(Oversized))]
    public async Task O10_Too_much_of_anything_is_refused(string name, string value)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var request = TestRelyingParty.Of(provider).Request((name, value));
        foreach (var ask in (Func<Task<TestPage>>[])[() => browser.PostAsync("/connect/authorize", request), () => browser.GetAsync(TestRelyingParty.Address(request))])
        {
            if (await OrHungUpAsync(ask) is not { } page) continue;
            if (page.LeftFor is not null) Assert.Contains(page.Answer["error"], (string[])["invalid_request", "invalid_scope"]);
            else Assert.InRange((int)page.Status, 400, 499);
        }
    }

    [Fact]
    public async Task O10_A_thousand_parameters_are_refused()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var request = TestRelyingParty.Of(provider).Request([.. Enumerable.Range(0, 1_000).Select(i => ($"p{i}", (string?)"1"))]);
        Assert.InRange((int)(await browser.GetAsync(TestRelyingParty.Address(request))).Status, 400, 499);
        Assert.InRange((int)(await browser.PostAsync("/connect/authorize", request)).Status, 400, 499);
    }

    /// <summary>A server may close the line on who still sends when it has refused already; then it must answer the next one as ever.</summary>
    private static async Task<TestPage?> OrHungUpAsync(Func<Task<TestPage>> ask)
    {
        try
        {
            return await ask();
        }
        catch (HttpRequestException)
        {
            var provider = await TestProvider.SharedAsync(Engine.Sqlite);
            Assert.Equal(200, (int)(await provider.Http.GetAsync("/.well-known/openid-configuration")).StatusCode);
            return null;
        }
    }

    [Theory]
    [InlineData("state")]
    [InlineData("login_hint")]
    [InlineData("ui_locales")]
    [InlineData("display")]
    [InlineData("acr_values")]
    public async Task O11_Markup_in_a_parameter_stays_text_on_the_sign_in_page(string name)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        AssertInert(await TestRelyingParty.Of(provider).AuthorizeAsync(browser, (name, Markup)));
    }

    [Theory]
    [InlineData("client_id")]
    [InlineData("redirect_uri")]
    public async Task O11_The_error_page_repeats_nothing_of_what_was_sent(string name)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser, (name, "canary-1" + Markup), ("state", "canary-2" + Markup), ("login_hint", "canary-3" + Markup));
        await ShownError.AssertAsync(provider, page);
        AssertInert(page);
        Assert.DoesNotContain("canary", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task O11_A_repeated_parameter_with_markup_in_its_name_stays_text()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var name = Uri.EscapeDataString(Markup);
        AssertInert(await browser.GetAsync($"{TestRelyingParty.Address(TestRelyingParty.Of(provider).Request())}&{name}=1&{name}=2"));
    }

    [Fact]
    public async Task O11_A_login_hint_is_offered_as_it_was_sent_and_runs_nothing()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser, ("login_hint", "lan\" autofocus onfocus=\"alert(1)"));
        var field = page.Document.QuerySelector("input[name=username]")!;
        Assert.Equal("lan\" autofocus onfocus=\"alert(1)", field.GetAttribute("value"));
        Assert.False(field.HasAttribute("onfocus"));
    }

    [Theory]
    [InlineData("\"><script>alert(1)</script>")]
    [InlineData("</form><form action=https://evil.example>")]
    [InlineData("javascript:alert(1)")]
    [InlineData("'\"\\ \u2028 </script>")]
    public async Task O12_The_form_that_posts_itself_carries_the_state_and_nothing_else(string state)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser, ("state", state), ("prompt", "none"), ("response_mode", "form_post"));

        var form = Assert.Single(page.Forms);
        Assert.Equal("https://rp.example/cb", form.GetAttribute("action"));
        Assert.Equal(state, page.Answer["state"]);
        Assert.Equal("login_required", page.Answer["error"]);
        Assert.Equal(provider.Issuer, page.Answer["iss"]);
        Assert.DoesNotContain("state", Assert.Single(page.Document.Scripts).TextContent, StringComparison.Ordinal);
        var policy = page.Headers["Content-Security-Policy"];
        Assert.Contains("script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' https://rp.example", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/connect/authorize")]
    [InlineData("/connect/token")]
    [InlineData("/connect/introspect")]
    [InlineData("/connect/revocation")]
    [InlineData("/connect/endsession")]
    [InlineData("/login/any")]
    [InlineData("/login/any/password")]
    [InlineData("/account")]
    public async Task O32_No_other_site_may_read_what_is_not_public(string path)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Options])
        foreach (var origin in (string[])["https://evil.example", "null", "https://rp.example"])
        {
            using var reply = await SendAsync(provider, method, path, origin);
            Assert.DoesNotContain(reply.Headers, h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/openid-configuration/jwks")]
    public async Task O32_What_is_public_may_be_read_by_everybody_without_credentials(string path)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var reply = await SendAsync(provider, HttpMethod.Get, path, "https://spa.example");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("*", Assert.Single(reply.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False(reply.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    private static async Task<HttpResponseMessage> SendAsync(TestProvider provider, HttpMethod method, string path, string origin)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        return await provider.Http.SendAsync(request);
    }

    private static void AssertInert(TestPage page)
    {
        Assert.Empty(page.Document.Scripts);
        Assert.DoesNotContain(page.Document.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.DoesNotContain("<img", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }
}
