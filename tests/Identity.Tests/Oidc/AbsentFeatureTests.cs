using System.Buffers.Text;
using System.Net;
using System.Text;
using Identity.Tests.Harness;
using Identity.Tests.Outgoing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Oidc;

/// <summary>What this server does not offer is really not there: no door, no announcement, and no effect of asking.</summary>
public sealed class AbsentFeatureTests
{
    // Whoever adds a door writes it down here, and looks at the catalogue for what strangers will try on it.
    private static readonly string[] Doors =
    [
        "/", "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration", "/.well-known/openid-configuration/jwks", "/.well-known/security.txt",
        "/accessibility", "/account", "/account/activity", "/account/identities", "/account/services", "/account/sessions", "/account/signout",
        "/connect/authorize", "/connect/authorize/callback", "/connect/endsession", "/connect/introspect", "/connect/revocation", "/connect/token", "/connect/userinfo",
        "/error/{status:int?}", "/favicon.svg", "/help", "/login/callback/{connector}",
        "/account/acting-for", "/account/acting-for/invitation", "/account/acting-for/invite", "/account/contact", "/account/not-me", "/not-me/{reference}",
        "/login/{request}/acting-for", "/login/{request}/acting-for/missing", "/login/{request}/acting-for/retry", "/login/{request}/mail", "/login/{request}/mail/domain",
        "/login/{request}/mail/password",
        "/account/identities/app", "/account/identities/codes", "/account/identities/passkey", "/passkey-{fingerprint}.js",
        "/login/{request}/enrol", "/login/{request}/passkey", "/login/{request}/passkey/options", "/login/{request}/recover", "/login/{request}/step-up", "/login/{request}/step-up/app",
        "/login/{request}/step-up/codes", "/login/{request}/step-up/mail", "/login/{request}/step-up/mail/send", "/login/{request}/step-up/passkey", "/login/{request}/step-up/passkey/options", "/login/{request}/suggest",
        "/login/{request}", "/login/{request}/cancel", "/login/{request}/continue", "/login/{request}/expired", "/login/{request}/first", "/login/{request}/going/{connector}",
        "/login/{request}/password", "/login/{request}/problem", "/login/{request}/release", "/login/{request}/returning", "/login/{request}/start/{connector}", "/login/{request}/switch",
        "/logout/{id}", "/logout/{id}/done", "/privacy",
        "/account/close", "/account/closing", "/account/identities/add", "/account/identities/{id:guid}/remove", "/events/register", "/launcher",
        "/login/{request}/confirm", "/login/{request}/linked", "/login/{request}/shared", "/login/{request}/contact", "/launcher/open", "/logo/{name}.png",
    ];

    [Fact]
    public async Task L1_L7_L8_L17_F3_F4_F6_M17_There_is_no_door_that_is_not_on_this_list()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var found = provider.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(e => "/" + e.RoutePattern.RawText!.Trim('/')).Distinct().ToList();
        Assert.Empty(found.Except(Doors));
        Assert.Empty(Doors.Except(found));
    }

    [Fact]
    public async Task O15_O17_O23_O24_O25_O26_Nothing_is_announced_that_does_not_exist()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var document = await Conformance.Metadata.ReadAsync(provider);
        var text = await provider.Http.GetStringAsync("/.well-known/openid-configuration");
        foreach (var absent in (string[])
        [
            "pushed_authorization", "device_authorization", "backchannel_authentication", "registration_endpoint", "dpop_", "mtls_", "tls_client", "check_session", "request_object_signing",
            "web_message", "implicit", "password", "\"none\"]", "HS256",
        ]) Assert.DoesNotContain(absent, text, StringComparison.Ordinal);
        Assert.Contains("\"request_parameter_supported\":false", text, StringComparison.Ordinal);
        Assert.Contains("\"request_uri_parameter_supported\":false", text, StringComparison.Ordinal);
        Assert.Equal($"{provider.Issuer}/connect/token", document.Text("token_endpoint"));
    }

    [Theory]
    [InlineData("{0}/keys")]
    [InlineData("{0}/redirect")]
    [InlineData("{0}/endless")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("file:///etc/passwd")]
    [InlineData("urn:ietf:params:oauth:request_uri:guessed")]
    [InlineData("javascript:alert(1)")]
    public async Task O13_O15_O16_A_request_uri_is_refused_and_nothing_is_fetched(string requestUri)
    {
        await using var server = await HostileServer.StartAsync();
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var page = await TestRelyingParty.Of(provider).AuthorizeAsync(browser, ("request_uri", string.Format(System.Globalization.CultureInfo.InvariantCulture, requestUri, server.Address)));
        ShownError.AssertSent(provider, page, "request_uri_not_supported");
        Assert.Empty(server.Asked);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""", """{"redirect_uri":"https://evil.example/cb"}""")]
    [InlineData("""{"alg":"HS256"}""", """{"client_id":"rp","iss":"rp","aud":"https://evil.example"}""")]
    [InlineData("""{"alg":"ES256","typ":"oauth-authz-req+jwt"}""", """{"client_id":"rp","iss":"rp","sub":"rp"}""")]
    [InlineData("""{"alg":"RS256","jku":"https://evil.example"}""", """{"request_uri":"https://evil.example","request":"nested","exp":1,"nbf":9999999999}""")]
    public async Task O17_A_request_object_is_refused_and_nothing_in_it_counts(string header, string payload)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var request = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.c2lnbmF0dXJl";
        ShownError.AssertSent(provider, await TestRelyingParty.Of(provider).AuthorizeAsync(browser, ("request", request)), "request_not_supported");
        await ShownError.AssertAsync(provider, await TestRelyingParty.Of(provider).AuthorizeAsync(browser, ("request", request), ("redirect_uri", "https://evil.example/cb")));
        await ShownError.AssertAsync(provider, await TestRelyingParty.Of(provider).AuthorizeAsync(browser, ("request", request), ("redirect_uri", null)));
    }

    [Fact]
    public async Task O23_A_proof_of_possession_is_not_promised_and_a_token_is_no_DPoP_token()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new FormUrlEncodedContent(RawRequest.ClientCredentials) };
        request.Headers.TryAddWithoutValidation("Authorization", RawRequest.Basic($"api:{TestClients.Secret}"));
        request.Headers.TryAddWithoutValidation("DPoP", "eyJhbGciOiJub25lIn0.e30.");
        var reply = await TestReply.ReadAsync(await provider.Http.SendAsync(request));
        // The client learns that it got a bearer token, so that it never believes otherwise.
        Assert.Equal("Bearer", reply.Json.GetProperty("token_type").GetString());
        Assert.False(TestReply.Read(reply.AccessToken).TryGetClaim("cnf", out _));
        Assert.Equal(401, (await RawRequest.SendAsync(provider, HttpMethod.Get, "/connect/userinfo", $"DPoP {reply.AccessToken}")).Status);
    }

    [Theory]
    [InlineData("X-Client-Cert")]
    [InlineData("X-SSL-Cert")]
    [InlineData("X-ARR-ClientCert")]
    [InlineData("ssl-client-cert")]
    [InlineData("X-Forwarded-Client-Cert")]
    public async Task O24_A_certificate_in_a_header_authenticates_nobody(string header)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(RawRequest.ClientCredentials) { ["client_id"] = "api" }),
        };
        request.Headers.TryAddWithoutValidation(header, "MIIBszCCAVmgAwIBAgIUQ2xpZW50IGFwaQ");
        request.Headers.TryAddWithoutValidation("X-SSL-Client-Verify", "SUCCESS");
        request.Headers.TryAddWithoutValidation("X-SSL-Client-S-DN", "CN=api");
        RawRequest.AssertRefused(await TestReply.ReadAsync(await provider.Http.SendAsync(request)), 401, "invalid_client");
    }

    [Theory]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code", "device_code")]
    [InlineData("urn:openid:params:grant-type:ciba", "auth_req_id")]
    [InlineData("urn:ietf:params:oauth:grant-type:token-exchange", "subject_token")]
    [InlineData("urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion")]
    [InlineData("urn:ietf:params:oauth:grant-type:saml2-bearer", "assertion")]
    public async Task O25_O26_O27_O28_A_grant_of_an_absent_feature_gives_nothing_for_a_real_token(string grant, string parameter)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var tokens = await TestRelyingParty.Of(provider).TokensAsync(browser);
        foreach (var token in (string[])[tokens.AccessToken, tokens.IdToken])
        {
            var form = new Dictionary<string, string> { ["grant_type"] = grant, [parameter] = token, ["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token" };
            foreach (var client in (string[])["rp", "api"])
                RawRequest.AssertRefused(await RawRequest.FormAsync(provider, "/connect/token", RawRequest.Basic($"{client}:{TestClients.Secret}"), form), 400, "unsupported_grant_type");
        }
    }

    [Theory]
    [InlineData("/login/callback/vnconnect")]
    [InlineData("/login/callback/local")]
    public async Task F6_A_logout_token_from_above_has_nowhere_to_go_and_ends_nothing(string path)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var browser = provider.NewBrowser();
        var tokens = await TestRelyingParty.Of(provider).TokensAsync(browser);
        using var reply = await provider.Http.PostAsync(path, new FormUrlEncodedContent([new("logout_token", tokens.IdToken)]));
        Assert.Contains(reply.StatusCode, (HttpStatusCode[])[HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound]);
        Assert.Equal(200, (await TestRelyingParty.Of(provider).UserInfoAsync(tokens.AccessToken)).Status);
    }
}
