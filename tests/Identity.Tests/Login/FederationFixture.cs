using System.Text.Json.Nodes;
using Identity.Tests.Harness;
using Identity.Tests.Sandbox;
using Microsoft.AspNetCore.Builder;

namespace Identity.Tests.Login;

/// <summary>A provider with a sandbox e-ID upstream. <c>citizen</c> takes everybody and releases without a page, <c>strict</c> needs level 02, <c>other</c> is of another sector.</summary>
public class FederationFixture : IAsyncLifetime
{
    private readonly Engine _engine;
    private readonly Action<WebApplicationBuilder>? _configure;
    private RunningSandbox _sandbox = null!;

    public FederationFixture() : this(Engine.Sqlite, null)
    {
    }

    /// <summary>The way in that these tests take; the other e-ID connector is there as well.</summary>
    public virtual string Connector => "vnconnect";

    internal FederationFixture(Engine engine, Action<WebApplicationBuilder>? configure) => (_engine, _configure) = (engine, configure);

    /// <summary>Short, so that an upstream which does not answer is found out soon.</summary>
    internal string UpstreamTimeout { get; init; } = "00:00:05";

    internal TestProvider Provider { get; private set; } = null!;

    public string EidUrl => _sandbox.Options.EidUrl;

    internal RunningSandbox Sandbox => _sandbox;

    public async Task InitializeAsync()
    {
        Provider = await TestProvider.StartAsync(_engine, configure: _configure);
        _sandbox = await RunningSandbox.StartAsync(o => (o.Authority, o.SlowSeconds) = (Provider.Issuer, 9));
        await Provider.ImportAsync(ConnectorDocument());
        foreach (var client in (string[])
        [
            ClientDocument.Of("rp", c => Change(c, "citizen", "self_asserted", "vnconnect", "vneid", "second", "local")),
            ClientDocument.Of("rp", c => Change(c, "strict", "02", Connector)),
            ClientDocument.Of("rp-two", c => Change(c, "other", "01", Connector)),
        ]) await Provider.ImportAsync(client);
    }

    public async Task DisposeAsync()
    {
        await Provider.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    public TestBrowser NewBrowser() => new(Provider.Issuer, EidUrl);

    internal TestRelyingParty Rp(string client = "citizen") => TestRelyingParty.Of(Provider, client);

    /// <summary>From the application to the page of the e-ID.</summary>
    public async Task<TestPage> ToEidAsync(TestBrowser browser, string client = "citizen", params (string Name, string? Value)[] changes) =>
        await browser.SubmitAsync(await Rp(client).AuthorizeAsync(browser, changes), $"/start/{Connector}");

    /// <summary>From the application through the e-ID to whatever we show then.</summary>
    public async Task<TestPage> ReturnAsync(TestBrowser browser, string person, string failure = "", string client = "citizen", params (string Name, string? Value)[] changes)
    {
        var page = await ToEidAsync(browser, client, changes);
        // The e-ID remembers who signed in to it in this browser and does not ask again.
        return page.Address.AbsoluteUri.StartsWith(EidUrl, StringComparison.Ordinal) ? await DecideAsync(browser, page, person, failure) : page;
    }

    public static async Task<TestPage> DecideAsync(TestBrowser browser, TestPage eid, string person, string failure = "") =>
        await ArriveAsync(browser, await browser.SubmitAsync(eid, "/authorize/decision", ("person", person), ("failure", failure)));

    /// <summary>What a browser does with the Refresh header of the page that waits for the e-ID.</summary>
    public static async Task<TestPage> ArriveAsync(TestBrowser browser, TestPage page)
    {
        for (var i = 0; i < 100 && IsReturning(page); i++)
        {
            await Task.Delay(200);
            page = await browser.GetAsync(page.Address.AbsoluteUri.Split('?')[0]);
        }
        return page;
    }

    public static bool IsReturning(TestPage page) => page.Address.AbsolutePath.EndsWith("/returning", StringComparison.Ordinal);

    /// <summary>The whole way, with "yes, this is me" when it is asked.</summary>
    internal async Task<TestReply> TokensAsync(TestBrowser browser, string person, string client = "citizen", params (string Name, string? Value)[] changes)
    {
        var page = await ReturnAsync(browser, person, "", client, changes);
        if (IsFirst(page)) page = await browser.SubmitAsync(page, "/first", ("answer", "yes"));
        Assert.True(page.LeftFor is not null && page.Answer.ContainsKey("code"), $"{page.Address} {page.Text}");
        var reply = await Rp(client).TokenAsync(Rp(client).Exchange(page.Answer["code"]));
        Assert.True(reply.Status == 200, reply.Body);
        return reply;
    }

    public static bool IsFirst(TestPage page) => page.Address.AbsolutePath.EndsWith("/first", StringComparison.Ordinal);

    public static bool IsProblem(TestPage page) => page.Address.AbsolutePath.EndsWith("/problem", StringComparison.Ordinal);

    private static void Change(JsonObject client, string id, string proofing, params string[] connectors)
    {
        (client["client_id"], client["minimum_proofing"]) = (id, proofing);
        client["redirect_uris"] = new JsonArray($"https://{id}.example/cb");
        client["initiate_login_uri"] = $"https://{id}.example/start";
        client["post_logout_redirect_uris"] = new JsonArray($"https://{id}.example/out");
        client["connectors"] = new JsonArray([.. connectors.Select(c => (JsonNode)c)]);
    }

    /// <summary>The shipped connectors at the sandbox's address, and a second one of another name at the same place.</summary>
    private string ConnectorDocument()
    {
        var seed = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Seed", "development.json")).Replace("http://localhost:5081", EidUrl, StringComparison.Ordinal);
        var both = JsonNode.Parse(seed)!["connectors"]!.AsArray().Where(c => (string)c!["kind"]! == "national_eid").Select(c => c!.DeepClone()).ToArray();
        foreach (var connector in both) connector["settings"]!["timeout"] = UpstreamTimeout;
        var second = both.Single(c => (string)c["name"]! == Connector).DeepClone();
        (second["name"], second["order"]) = ("second", 30);
        return new JsonObject { ["connectors"] = new JsonArray([.. both, second]) }.ToJsonString();
    }
}
