using System.Net;
using System.Text.Json;
using Identity.Tests.Harness;

namespace Identity.Tests.RelyingParties;

/// <summary>
/// An application that somebody else wrote in another language. It finds everything in our discovery document, demands PKCE and
/// nonce, checks ES256 and takes part in both kinds of logout.
/// </summary>
public sealed class ApacheTests
{
    private const string ClientId = "apache";

    [Fact]
    public async Task Apache_signs_a_person_in_and_out_knowing_only_our_discovery_document()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        await using var apache = await StartAsync(provider);
        using var browser = new TestBrowser(provider.Issuer, apache.Origin);

        var page = await SignInAsync(browser, apache);
        Assert.Equal("Nguyễn Thị Ẩn", page.Document.QuerySelector("#name")!.TextContent);
        Assert.Equal(provider.Issuer, page.Document.QuerySelector("#issuer")!.TextContent);
        var subject = page.Document.QuerySelector("#user")!.TextContent;

        var session = JsonDocument.Parse((await browser.GetAsync(apache.SessionInfo)).Html).RootElement;
        Assert.Equal(subject, session.GetProperty("id_token").GetProperty("sub").GetString());
        Assert.Equal(subject, session.GetProperty("userinfo").GetProperty("sub").GetString());
        Assert.Equal(ClientId, session.GetProperty("id_token").GetProperty("aud").ToString());

        // A second visit asks nobody.
        Assert.Equal(subject, (await browser.GetAsync(apache.ProtectedPage)).Document.QuerySelector("#user")!.TextContent);

        var signedOut = await browser.GetAsync(apache.SignOut);
        Assert.Equal(apache.SignedOutPage, signedOut.Address.AbsoluteUri);
        Assert.Contains("signed out of the site", signedOut.Text, StringComparison.Ordinal);
        Assert.StartsWith($"{provider.Issuer}/login/", (await browser.GetAsync(apache.ProtectedPage)).Address.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apache_ends_its_session_when_the_person_signs_out_with_us()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite);
        await using var apache = await StartAsync(provider);
        using var browser = new TestBrowser(provider.Issuer, apache.Origin);
        await SignInAsync(browser, apache);

        var account = await browser.GetAsync("/account");
        var done = await browser.SubmitAsync(account, "/account/signout");
        Assert.Contains("Đã đăng xuất", done.Text, StringComparison.Ordinal);

        // Asked without following the redirect: Apache itself no longer knows anybody.
        using var stranger = new TestBrowser(apache.Origin);
        foreach (Cookie cookie in browser.Cookies.GetAllCookies()) stranger.Cookies.Add(cookie);
        var page = await stranger.GetAsync(apache.ProtectedPage);
        Assert.StartsWith($"{provider.Issuer}/connect/authorize", page.LeftFor?.AbsoluteUri, StringComparison.Ordinal);
    }

    private static async Task<TestPage> SignInAsync(TestBrowser browser, ApacheServer apache)
    {
        var page = await browser.GetAsync(apache.ProtectedPage);
        Assert.True(page.Forms.Any(f => f.Action.EndsWith("/password", StringComparison.Ordinal)), $"{page.Address} {page.Status}: {page.Text}\n{apache.Log}");
        page = await browser.SubmitAsync(page, "/password", ("username", "full"), ("password", TestProvider.Password));
        Assert.True(page.Document.QuerySelector("#user") is not null, $"{page.Address} {page.Status}: {page.Text}\n{apache.Log}");
        return page;
    }

    private static async Task<ApacheServer> StartAsync(TestProvider provider)
    {
        var apache = new ApacheServer();
        await provider.ImportAsync($$"""
            {
              "clients": [{
                "client_id": "{{ClientId}}", "client_name": { "vi": "Trang nội bộ", "en": "Intranet" }, "agency": { "vi": "Sở Mẫu", "en": "Sample department" },
                "profile": "standard", "application_type": "web", "token_endpoint_auth_method": "client_secret_basic", "secrets": [{ "value": "{{TestClients.Secret}}" }],
                "redirect_uris": ["{{apache.RedirectUri}}"], "post_logout_redirect_uris": ["{{apache.SignedOutPage}}"],
                "backchannel_logout_uri": "{{apache.BackChannelLogoutUri}}", "backchannel_logout_session_required": true,
                "grant_types": ["authorization_code"], "scopes": ["openid", "profile"], "sector": "test-one", "connectors": ["local"], "data_release": "none"
              }]
            }
            """);
        await apache.StartAsync(provider.Issuer, ClientId, TestClients.Secret);
        return apache;
    }
}
