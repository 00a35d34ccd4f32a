using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Identity.Sandbox;
using Identity.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.WebUtilities;

namespace Identity.Tests.Sandbox;

/// <summary>The whole sandbox on free ports, and a browser of its own.</summary>
internal sealed class RunningSandbox : IAsyncDisposable
{
    readonly WebApplication application;

    RunningSandbox(SandboxOptions options)
    {
        Options = options;
        application = SandboxApplication.Build(options);
    }

    public SandboxOptions Options { get; }

    public HttpClient Browser { get; } = new(new HttpClientHandler { AllowAutoRedirect = false });

    public string RedirectUri => $"{Options.Authority}/login/callback/eid";

    public static async Task<RunningSandbox> StartAsync(Action<SandboxOptions>? configure = null)
    {
        var urls = FreeUrls(9);
        var options = new SandboxOptions
        {
            EidUrl = urls[0], PortalUrl = urls[1], DocumentsUrl = urls[2], BusinessUrl = urls[7], RegisterUrl = urls[8], MailUrl = urls[3], SmtpPort = new Uri(urls[4]).Port,
            MailProviderUrl = urls[5], ImapPort = new Uri(urls[6]).Port, Authority = "http://localhost:9",
        };
        configure?.Invoke(options);
        var sandbox = new RunningSandbox(options);
        await sandbox.application.StartAsync();
        return sandbox;
    }

    public static string[] FreeUrls(int count) => FreeAddresses.Take(count);

    public string AuthorizeUrl(string extra = "") =>
        $"{Options.EidUrl}/oauth2/authorize?response_type=code&client_id={Options.EidClientId}"
        + $"&redirect_uri={Uri.EscapeDataString(RedirectUri)}&scope=openid&acr_values=LoA1&state=s-1&nonce=n-1{extra}";

    /// <summary>Sign in as a person reads it: open the page, press one button, follow the answer's query.</summary>
    public async Task<Dictionary<string, string>> SignInAsync(string person, string failure = "", string action = "signin", string extra = "")
    {
        var page = await Browser.GetStringAsync(AuthorizeUrl("&prompt=login" + extra));
        var request = page.Split("name=\"request\" value=\"")[1].Split('"')[0];
        using var reply = await Browser.PostAsync($"{Options.EidUrl}/oauth2/authorize/decision", Form(
            ("request", request), ("person", person), ("failure", failure), ("action", action)));
        return Query(reply);
    }

    public Task<HttpResponseMessage> RedeemAsync(string code, params (string, string)[] extra) =>
        Browser.PostAsync($"{Options.EidUrl}/oauth2/token", Form([
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RedirectUri),
            ("client_id", Options.EidClientId), ("client_secret", Options.EidClientSecret), .. extra]));

    public async Task<JsonElement> TokensAsync(string person, string failure = "")
    {
        using var reply = await RedeemAsync((await SignInAsync(person, failure))["code"]);
        reply.EnsureSuccessStatusCode();
        return await reply.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<HttpResponseMessage> UserinfoAsync(JsonElement tokens)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Options.EidUrl}/oauth2/userinfo");
        request.Headers.Authorization = new("Bearer", tokens.GetProperty("access_token").GetString());
        return await Browser.SendAsync(request);
    }

    public static Dictionary<string, string> Query(HttpResponseMessage reply)
    {
        Assert.Equal(HttpStatusCode.SeeOther, reply.StatusCode);
        return QueryHelpers.ParseQuery(reply.Headers.Location!.Query).ToDictionary(p => p.Key, p => p.Value.ToString());
    }

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await application.DisposeAsync();
    }
}
