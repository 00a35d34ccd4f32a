using System.Text.Json.Nodes;
using Identity.Tests.Connectors;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.AspNetCore.WebUtilities;

namespace Identity.Tests.Factors;

/// <summary>A provider in front of an upstream that a test can make say anything. <c>broker</c> takes level 01, <c>strict</c> wants level 02.</summary>
internal sealed class BrokeredSite : IAsyncDisposable
{
    public const string Mfa = "urn:up:mfa";

    private BrokeredSite(TestProvider provider, FakeUpstream upstream) => (Provider, Upstream) = (provider, upstream);

    public TestProvider Provider { get; }
    public FakeUpstream Upstream { get; }
    public TestBrowser Browser { get; private set; } = null!;

    /// <summary>What the browser was last sent to the upstream with.</summary>
    public Dictionary<string, string> Asked { get; private set; } = [];

    /// <param name="contract">Methods of every sign-in there.</param>
    public static async Task<BrokeredSite> StartAsync(Engine engine, params string[] contract)
    {
        var upstream = await FakeUpstream.StartAsync();
        var site = new BrokeredSite(await TestProvider.StartAsync(engine, new FixedClock(upstream.Clock.GetUtcNow())), upstream);
        await site.Provider.ImportAsync(new JsonObject { ["connectors"] = new JsonArray(Row(upstream, contract)) }.ToJsonString());
        foreach (var (id, proofing) in ((string, string)[])[("broker", "01"), ("strict", "02")])
            await site.Provider.ImportAsync(ClientDocument.Of("rp", c =>
            {
                (c["client_id"], c["minimum_proofing"], c["connectors"]) = (id, proofing, new JsonArray("nguon"));
                (c["redirect_uris"], c["initiate_login_uri"]) = (new JsonArray($"https://{id}.example/cb"), $"https://{id}.example/start");
                c["post_logout_redirect_uris"] = new JsonArray($"https://{id}.example/out");
            }));
        (upstream.Userinfo["name"], upstream.Userinfo["loAs"]) = ("Nguyễn Văn Mẫu", "01");
        site.Browser = site.Provider.NewBrowser();
        return site;
    }

    public void Wait(TimeSpan time)
    {
        Upstream.Clock.Advance(time);
        Provider.Clock!.Advance(time);
    }

    /// <summary>Through the upstream from the page that offers it, to whatever comes then.</summary>
    public async Task<TestPage> ThroughAsync(TestPage chooser, Action<JsonObject>? claims = null)
    {
        var away = (await Browser.SubmitAsync(chooser, "/start/nguon")).LeftFor!;
        Asked = QueryHelpers.ParseQuery(away.Query).ToDictionary(p => p.Key, p => p.Value.ToString());
        Upstream.ChangeIdToken = claims ?? (_ => { });
        var page = await FederationFixture.ArriveAsync(Browser, await Browser.GetAsync($"/login/callback/nguon{Upstream.Approve(away)}"));
        return FederationFixture.IsFirst(page) ? await Browser.SubmitAsync(page, "/first", ("answer", "yes")) : page;
    }

    public async Task<Microsoft.IdentityModel.JsonWebTokens.JsonWebToken> TokenAsync(TestPage answer, string client = "broker")
    {
        Assert.True(answer.LeftFor is not null && answer.Answer.ContainsKey("code"), $"{answer.Address} {answer.Text}");
        var rp = TestRelyingParty.Of(Provider, client);
        var reply = await rp.TokenAsync(rp.Exchange(answer.Answer["code"]));
        Assert.True(reply.Status == 200, reply.Body);
        return TestReply.Read(reply.IdToken);
    }

    public Task<TestPage> AuthorizeAsync(string client = "broker", params (string Name, string? Value)[] changes) => TestRelyingParty.Of(Provider, client).AuthorizeAsync(Browser, changes);

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await Provider.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    private static JsonObject Row(FakeUpstream upstream, string[] contract) => new()
    {
        ["name"] = "nguon", ["protocol"] = "oidc", ["kind"] = "national_eid", ["display_name"] = new JsonObject { ["vi"] = "Nguồn", ["en"] = "Source" }, ["order"] = 1,
        ["assurance"] = new JsonObject { ["amr_by_contract"] = new JsonArray([.. contract.Select(m => (JsonNode)m)]), ["level_ceiling"] = 2, ["proofing_ceiling"] = "02" },
        ["settings"] = new JsonObject
        {
            ["issuer"] = upstream.Issuer, ["discovery"] = true, ["authorization_endpoint"] = $"{upstream.Issuer}/authorize",
            ["client_id"] = FakeUpstream.ClientId, ["client_secret"] = FakeUpstream.ClientSecret, ["acr_values"] = new JsonArray("LoA1"),
            ["acr_values_by_level"] = new JsonObject { ["2"] = new JsonArray(Mfa) },
            ["acr_values_by_proofing"] = new JsonObject { ["level02"] = new JsonArray("urn:up:id2") },
            ["amr_by_acr"] = new JsonObject { [Mfa] = new JsonArray("pwd", "otp") },
            ["proofing_claim"] = "loAs", ["proofing_levels"] = new JsonObject { ["01"] = "level01", ["02"] = "level02" },
        },
    };
}
