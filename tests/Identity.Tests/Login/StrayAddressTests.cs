using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Identity.Tests.Configuration;
using Identity.Tests.Conformance;
using Identity.Tests.Harness;
using Identity.Tests.Oidc;
using Identity.Tests.Outgoing;

namespace Identity.Tests.Login;

/// <summary>Addresses that a stranger slips in beside the registered ones: after a sign-in, after a sign-out, in a registration.</summary>
public sealed class StrayAddressTests
{
    private static readonly string[] Evil = ["//evil.example", "/\\evil.example", "/%09/evil.example", "https:evil.example", "https://evil.example", "\\\\evil.example", "/\t/evil.example", "javascript:alert(1)"];

    [Fact]
    public async Task R10_After_a_sign_in_the_browser_goes_to_the_registered_address_whatever_else_is_named()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        foreach (var evil in Evil)
        {
            using var browser = provider.NewBrowser();
            browser.Headers["Referer"] = "https://evil.example/";
            var extra = ((string[])["returnUrl", "return_to", "next", "continue", "RelayState"]).Select(n => (n, (string?)evil)).ToArray();
            var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser, extra);
            AssertNoLinkAway(page);
            var answer = await browser.SubmitAsync(page, "/password", [("username", "lan"), ("password", TestProvider.Password), .. extra.Select(e => (e.n, e.Item2!))]);
            Assert.Equal("rp.example", answer.LeftFor?.Host);
            Assert.True(answer.Answer.ContainsKey("code"));
        }
    }

    [Fact]
    public async Task R10_Our_own_pages_lead_nowhere_else_however_they_are_addressed()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        await TestRelyingParty.Of(provider).CodeAsync(browser);
        foreach (var evil in Evil)
        foreach (var address in (string[])["/account?returnUrl=", "/?returnUrl=", "/help?request=", "/account/sessions?done=", "/connect/authorize/callback?request=", "/login/continue?request="])
        {
            var page = await browser.GetAsync(address + Uri.EscapeDataString(evil));
            Assert.Null(page.LeftFor);
            AssertNoLinkAway(page);
        }
    }

    [Theory]
    [InlineData("//evil.example/help")]
    [InlineData("//evil.example/..")]
    [InlineData("/%2f/evil.example")]
    [InlineData("/help//evil.example")]
    [InlineData("//evil.example?lang=en")]
    public async Task R10_A_path_that_looks_like_a_host_makes_no_link_to_it(string path)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        browser.Headers["Accept"] = "text/html";
        // Glued to the issuer, as a browser sends it; a relative reference would name the host.
        var page = await browser.GetAsync(provider.Issuer + path);
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        AssertNoLinkAway(page);
    }

    [Theory]
    [InlineData("https://evil.example/out")]
    [InlineData("https://conformance.example/one/signed-out?more=1")]
    [InlineData("https://conformance.example/one/signed-out/")]
    [InlineData("https://conformance.example/two/signed-out")]
    [InlineData("https://rp.example/out")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//conformance.example/one/signed-out")]
    [InlineData("")]
    public async Task R11_After_a_sign_out_the_browser_goes_to_the_clients_registered_address_or_stays(string address)
    {
        using var visit = await LogoutVisit.StartAsync();
        foreach (var hint in (string?[])[visit.IdToken, null])
        foreach (var client in (string?[])[null, "conformance-basic"])
        {
            var page = await visit.LogOutAsync(("post_logout_redirect_uri", address), ("id_token_hint", hint), ("client_id", client), ("state", "s\"><script>"));
            Assert.True(page.LeftFor is null, $"sent to {page.LeftFor}");
            Assert.DoesNotContain("<script", page.Html, StringComparison.Ordinal);
            AssertNoLinkAway(page);
        }
    }

    [Fact]
    public async Task R11_The_address_of_one_client_is_no_address_of_the_client_in_the_hint()
    {
        using var visit = await LogoutVisit.StartAsync();
        var page = await visit.LogOutAsync(("post_logout_redirect_uri", "https://rp.example/out"), ("id_token_hint", visit.IdToken), ("client_id", "rp"));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        await visit.IsSignedInAsync();
    }

    public static TheoryData<string> Addresses =>
    [
        "JaVaScRiPt:alert(1)", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd", "blob:https://rp.example/1", "http://rp.example/x", "\u0001javascript:alert(1)",
        "ftp://rp.example/", "gopher://rp.example/", "https://rp.example/x y", "https://user@rp.example/", "//rp.example/x", "/x", "https://rp.example/\u202Ex", "https:\\rp.example",
    ];

    [Theory, MemberData(nameof(Addresses))]
    public void R5_No_field_of_a_registration_takes_an_address_that_runs_or_hides_something(string address)
    {
        foreach (var field in (string[])["client_uri", "initiate_login_uri", "policy_uri", "jwks_uri", "backchannel_logout_uri"])
            Assert.NotEmpty(ErrorsWith(client => client[field] = address));
        foreach (var field in (string[])["redirect_uris", "post_logout_redirect_uris"])
            Assert.NotEmpty(ErrorsWith(client => client[field] = new JsonArray(address)));
    }

    [Theory]
    [InlineData("logo_uri")]
    [InlineData("tos_uri")]
    [InlineData("sector_identifier_uri")]
    [InlineData("request_uris")]
    [InlineData("backchannel_client_notification_endpoint")]
    [InlineData("frontchannel_logout_uri")]
    public void O14_A_field_with_an_address_that_nobody_would_judge_is_unknown(string field) =>
        Assert.Contains(ErrorsWith(client => client[field] = "https://portal.example/x"), e => e.ToString().Contains(field, StringComparison.Ordinal));

    [Fact]
    public async Task O14_A_registration_is_stored_and_no_address_in_it_is_called()
    {
        await using var server = await HostileServer.StartAsync();
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        await provider.ImportAsync(ClientDocument.Of("rp", client =>
        {
            client["client_id"] = "addresses";
            (client["token_endpoint_auth_method"], client["jwks_uri"]) = ("private_key_jwt", $"{server.Address}/keys");
            (client["client_uri"], client["policy_uri"], client["initiate_login_uri"]) = ($"{server.Address}/a", $"{server.Address}/b", $"{server.Address}/c");
            client.Remove("secrets");
        }));
        Assert.Equal(HttpStatusCode.OK, (await provider.Http.GetAsync("/.well-known/openid-configuration")).StatusCode);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task O11_What_an_owner_calls_the_application_stays_text()
    {
        const string markup = "\"><script>alert(1)</script>{{7*7}}'";
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        await provider.ImportAsync(ClientDocument.Of("rp-release", client =>
        {
            client["client_name"] = new JsonObject { ["vi"] = markup, ["en"] = markup };
            client["purpose"] = new JsonObject { ["vi"] = markup, ["en"] = markup };
            client["agency"] = new JsonObject { ["vi"] = markup, ["en"] = markup };
        }));
        using var browser = provider.NewBrowser();
        var rp = TestRelyingParty.Of(provider, "rp-release");
        var signIn = await rp.AuthorizeAsync(browser);
        var release = await Someone.SignInAsync(browser, signIn, "lan");
        var pages = new List<TestPage> { signIn, release, await rp.AuthorizeAsync(browser, ("redirect_uri", "https://evil.example/")) };
        await TestRelyingParty.AgreeAsync(browser, release);
        foreach (var path in (string[])["/account", "/account/services", "/account/activity", "/connect/endsession"]) pages.Add(await browser.GetAsync(path));
        Assert.Contains(markup, pages[1].Text, StringComparison.Ordinal);
        foreach (var page in pages)
        {
            Assert.Empty(page.Document.Scripts);
            Assert.DoesNotContain("49", page.Heading, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        }
    }

    private static IReadOnlyList<Identity.Domain.Configuration.ConfigurationError> ErrorsWith(Action<JsonObject> change)
    {
        var file = ConfigurationFixture.Development();
        change(ConfigurationFixture.ClientOf(file, "portal"));
        return ConfigurationFixture.Errors(file);
    }

    private static void AssertNoLinkAway(TestPage page)
    {
        foreach (var link in page.Document.QuerySelectorAll("a[href], form[action], meta[http-equiv], base"))
        {
            var target = link.GetAttribute("href") ?? link.GetAttribute("action") ?? link.GetAttribute("content") ?? "";
            var address = new Uri(page.Address, target);
            Assert.DoesNotContain("evil.example", address.Host, StringComparison.Ordinal);
            Assert.Contains(address.Scheme, (string[])["http", "https"]);
        }
    }
}
