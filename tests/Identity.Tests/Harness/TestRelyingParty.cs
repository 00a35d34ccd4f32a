using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Identity.Tests.Harness;

/// <summary>A relying party as a list of parameters: start from a request that works and change one thing.</summary>
public sealed class TestRelyingParty(HttpClient http, string clientId, string redirectUri, string? secret = TestClients.Secret)
{
    public TestRelyingParty(TestProvider provider, string clientId, string redirectUri, string? secret = TestClients.Secret)
        : this(provider.Http, clientId, redirectUri, secret)
    {
    }

    public const string Verifier = "a-code-verifier-that-is-long-enough-for-rfc-7636-xyz";

    public static string Challenge { get; } = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public string ClientId => clientId;
    public string RedirectUri => redirectUri;

    /// <summary>How the secret travels: <c>basic</c>, <c>post</c> or <c>none</c>.</summary>
    public string Authentication { get; init; } = secret is null ? "none" : "basic";

    public static TestRelyingParty Of(TestProvider provider, string id = "rp") => new(provider, id, $"https://{id}.example/cb");

    public static TestRelyingParty Conformance(TestProvider provider) =>
        new(provider, "conformance-basic", "https://conformance.example/one/callback", "conformance-basic-secret-not-for-production");

    public static TestRelyingParty ConformancePost(TestProvider provider) =>
        new(provider, "conformance-post", "https://conformance.example/two/callback", "conformance-post-secret-not-for-production") { Authentication = "post" };

    /// <summary>A good authorization request; a null value removes a parameter.</summary>
    public Dictionary<string, string> Request(params (string Name, string? Value)[] changes)
    {
        var request = new Dictionary<string, string>
        {
            ["client_id"] = clientId,
            ["redirect_uri"] = redirectUri,
            ["response_type"] = "code",
            ["scope"] = "openid profile",
            ["state"] = "state-1",
            ["nonce"] = "nonce-1",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
            if (value is null) request.Remove(name);
            else request[name] = value;
        return request;
    }

    public static string Address(IEnumerable<KeyValuePair<string, string>> request) =>
        "/connect/authorize?" + string.Join('&', request.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));

    public Task<TestPage> AuthorizeAsync(TestBrowser browser, params (string Name, string? Value)[] changes) => browser.GetAsync(Address(Request(changes)));

    /// <summary>Authorizes and answers the local sign-in page and the release page if they come; returns the application's answer.</summary>
    public async Task<TestPage> SignInAsync(TestBrowser browser, string user = "lan", params (string Name, string? Value)[] changes)
    {
        var page = await AuthorizeAsync(browser, changes);
        if (page.Forms.Any(f => f.Action.EndsWith("/password", StringComparison.Ordinal)))
            page = await browser.SubmitAsync(page, "/password", ("username", user), ("password", TestProvider.Password));
        return await AgreeAsync(browser, page);
    }

    /// <summary>Ticks everything and agrees, when the release page is shown.</summary>
    public static async Task<TestPage> AgreeAsync(TestBrowser browser, TestPage page)
    {
        if (!page.Forms.Any(f => f.Action.EndsWith("/release", StringComparison.Ordinal))) return page;
        var boxes = page.Document.QuerySelectorAll("input[name=optional]").Select(box => ("optional", box.GetAttribute("value")!));
        return await browser.SubmitAsync(page, "/release", [("answer", "agree"), .. boxes]);
    }

    public async Task<string> CodeAsync(TestBrowser browser, string user = "lan", params (string Name, string? Value)[] changes)
    {
        var answer = (await SignInAsync(browser, user, changes)).Answer;
        Assert.True(answer.ContainsKey("code"), string.Join(' ', answer.Values));
        return answer["code"];
    }

    /// <summary>A good token request for a code.</summary>
    public Dictionary<string, string> Exchange(string code, params (string Name, string? Value)[] changes) =>
        Form(new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirectUri, ["code_verifier"] = Verifier }, changes);

    public Dictionary<string, string> Refresh(string token, params (string Name, string? Value)[] changes) =>
        Form(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = token }, changes);

    public Task<TestReply> TokenAsync(Dictionary<string, string> form) => PostAsync("/connect/token", form);

    public async Task<TestReply> TokensAsync(TestBrowser browser, string user = "lan", params (string Name, string? Value)[] changes)
    {
        var code = await CodeAsync(browser, user, changes);
        var verifier = changes.Any(c => c is { Name: "code_challenge", Value: null }) ? null : Verifier;
        var reply = await TokenAsync(Exchange(code, ("code_verifier", verifier)));
        Assert.True(reply.Status == 200, reply.Body);
        return reply;
    }

    /// <summary>Posts to a back-channel endpoint with this client's credentials.</summary>
    public async Task<TestReply> PostAsync(string path, Dictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        var fields = new Dictionary<string, string>(form);
        if (Authentication == "basic")
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(clientId)}:{Uri.EscapeDataString(secret!)}")));
        else fields.TryAdd("client_id", clientId);
        if (Authentication == "post") fields.TryAdd("client_secret", secret!);
        request.Content = new FormUrlEncodedContent(fields);
        return await TestReply.ReadAsync(await http.SendAsync(request));
    }

    public async Task<TestReply> UserInfoAsync(string accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/connect/userinfo");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return await TestReply.ReadAsync(await http.SendAsync(request));
    }

    private static Dictionary<string, string> Form(Dictionary<string, string> form, (string Name, string? Value)[] changes)
    {
        foreach (var (name, value) in changes)
            if (value is null) form.Remove(name);
            else form[name] = value;
        return form;
    }
}

/// <summary>An answer of a back-channel endpoint.</summary>
public sealed record TestReply(int Status, string Body, HttpResponseHeaders Headers)
{
    public string? ContentType { get; private init; }
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
    public string? Error => Body.StartsWith('{') && Json.TryGetProperty("error", out var error) ? error.GetString() : null;
    public string AccessToken => Json.GetProperty("access_token").GetString()!;
    public string RefreshToken => Json.GetProperty("refresh_token").GetString()!;
    public string IdToken => Json.GetProperty("id_token").GetString()!;

    public static async Task<TestReply> ReadAsync(HttpResponseMessage reply) =>
        new((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(), reply.Headers) { ContentType = reply.Content.Headers.ContentType?.MediaType };

    /// <summary>Claims of a token, read by a foreign library.</summary>
    public static Microsoft.IdentityModel.JsonWebTokens.JsonWebToken Read(string token) => new(token);
}
