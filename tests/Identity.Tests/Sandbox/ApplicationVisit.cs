using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Identity.Tests.Sandbox;

/// <summary>A sample application whose server is another sandbox's e-ID provider: two strangers that only share the wire.</summary>
internal sealed class ApplicationVisit : IAsyncDisposable
{
    readonly RunningSandbox provider;
    readonly RunningSandbox applications;

    ApplicationVisit(RunningSandbox provider, RunningSandbox applications, string portal) => (this.provider, this.applications, Portal) = (provider, applications, portal);

    public string Portal { get; }

    public HttpClient Browser => applications.Browser;

    /// <param name="isDocuments">The application for documents, at the address of the portal.</param>
    public static async Task<ApplicationVisit> StartAsync(bool isDocuments = false)
    {
        var portal = RunningSandbox.FreeUrls(1)[0];
        var provider = await RunningSandbox.StartAsync(o => o.Authority = portal);
        return new(provider, await RunningSandbox.StartAsync(o =>
        {
            (o.Authority, o.Portal) = (provider.Options.EidUrl, new() { ClientId = o.EidClientId, ClientSecret = o.EidClientSecret });
            if (isDocuments) (o.DocumentsUrl, o.Documents) = (portal, o.Portal);
            else o.PortalUrl = portal;
        }), portal);
    }

    /// <summary>Everything up to the answer that the browser is to carry back.</summary>
    public async Task<Uri> AnswerAsync(string failure = "", string start = "/signin?prompt=login")
    {
        using var started = await Browser.GetAsync(Portal + start);
        var page = await Browser.GetStringAsync(started.Headers.Location);
        using var decision = await Browser.PostAsync($"{provider.Options.EidUrl}/oauth2/authorize/decision", RunningSandbox.Form(
            ("request", page.Split("name=\"request\" value=\"")[1].Split('"')[0]), ("person", "full"), ("failure", failure)));
        return decision.Headers.Location!;
    }

    public async Task<HttpStatusCode> SignInAsync(string failure = "")
    {
        using var reply = await Browser.GetAsync(await AnswerAsync(failure));
        return reply.StatusCode;
    }

    public Task<JsonElement> StateAsync() => Browser.GetFromJsonAsync<JsonElement>($"{Portal}/_sandbox/state");

    public static string With(Uri url, string name, string value)
    {
        var query = QueryHelpers.ParseQuery(url.Query).ToDictionary(p => p.Key, p => (string?)p.Value);
        query[name] = value;
        return QueryHelpers.AddQueryString(url.GetLeftPart(UriPartial.Path), query);
    }

    public async ValueTask DisposeAsync()
    {
        await applications.DisposeAsync();
        await provider.DisposeAsync();
    }
}
