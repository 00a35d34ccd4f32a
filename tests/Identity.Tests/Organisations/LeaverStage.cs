using System.Text.Json.Nodes;
using Identity.Domain.Linking;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;

namespace Identity.Tests.Organisations;

/// <summary>A province with one official who is a citizen too: known by the e-ID, linked to a mailbox, on the personnel list as CB-1.</summary>
internal sealed class LeaverStage : IAsyncDisposable
{
    private const string Number = "999168000001";
    private readonly FederationFixture _eid;

    private LeaverStage(FederationFixture eid) => _eid = eid;

    public TestProvider Provider => _eid.Provider;

    public Guid Person { get; private set; }

    public static async Task<LeaverStage> StartAsync(Engine engine)
    {
        var eid = new FederationFixture(engine, null);
        await eid.InitializeAsync();
        var stage = new LeaverStage(eid);
        await stage.Provider.AcceptTreeAsync(Office.Tree);
        await stage.Provider.ImportAsync(MailDoor.Connector(eid.EidUrl));
        foreach (var client in (string[])["office", "office-two"]) await stage.Provider.ImportAsync(ClientDocument.Of("rp", c => Change(c, client)));
        await stage.Provider.ImportAsync(ClientDocument.Of("rp", c => Change(c, "citizen", "vnconnect")));
        using (var browser = stage.NewBrowser()) await stage.CitizenTokensAsync(browser);
        stage.Person = await stage.Provider.InDatabaseAsync(db => db.LinkedIdentities.Where(l => l.Subject == "tech-an").Select(l => l.PersonId).SingleAsync());
        await stage.Provider.InDatabaseAsync(db =>
        {
            db.LinkedIdentities.Add(new LinkedIdentity
            {
                PersonId = stage.Person, Connector = MailDoor.Name, Issuer = eid.EidUrl, Subject = "eid-an", Proofing = ProofingLevel.MailOnly,
                LinkedAt = DateTimeOffset.UtcNow, LastUsedAt = DateTimeOffset.UtcNow,
            });
            return db.SaveChangesAsync();
        });
        await stage.Provider.AcceptListAsync(stage.Row());
        return stage;
    }

    public TestBrowser NewBrowser() => _eid.NewBrowser();

    public TestRelyingParty Rp(string client = "office") => TestRelyingParty.Of(Provider, client);

    public TestRelyingParty At(TestProvider node, string client = "office") => new(node, client, $"https://{client}.example/cb");

    public string Row(string status = "", string unit = "H99.07") => $"CB-1,{Number},an@mau.example,Nguyễn Thị Ẩn,{unit},Chuyên viên,2025-07-01,,{status}";

    public Task<TestReply> CitizenTokensAsync(TestBrowser browser) => _eid.TokensAsync(browser, "an", "citizen", ("scope", "openid profile offline_access"));

    public async Task<TestPage> SignInByMailAsync(TestBrowser browser, string client = "office")
    {
        var page = await Rp(client).AuthorizeAsync(browser, ("scope", "openid profile offline_access dossier.read"));
        if (page.LeftFor is not null) return page;
        page = await MailDoor.ToProviderAsync(browser, page, "an@mau.example");
        if (page.Address.AbsoluteUri.StartsWith(_eid.EidUrl, StringComparison.Ordinal)) page = await FederationFixture.DecideAsync(browser, page, "an");
        return await FederationFixture.ArriveAsync(browser, page);
    }

    public async Task<string> OfficialCodeAsync(TestBrowser browser, string client = "office")
    {
        var page = await SignInByMailAsync(browser, client);
        Assert.True(page.LeftFor is not null && page.Answer.ContainsKey("code"), $"{page.Address} {page.Text}");
        return page.Answer["code"];
    }

    public async Task<TestReply> OfficialTokensAsync(TestBrowser browser, string client = "office")
    {
        var reply = await Rp(client).TokenAsync(Rp(client).Exchange(await OfficialCodeAsync(browser, client)));
        Assert.True(reply.Status == 200, reply.Body);
        return reply;
    }

    public async ValueTask DisposeAsync() => await _eid.DisposeAsync();

    private static void Change(JsonObject client, string id, params string[] connectors)
    {
        client["client_id"] = id;
        client["redirect_uris"] = new JsonArray($"https://{id}.example/cb");
        client["initiate_login_uri"] = $"https://{id}.example/start";
        client["post_logout_redirect_uris"] = new JsonArray($"https://{id}.example/out");
        client["connectors"] = connectors.Length == 0 ? new JsonArray(MailDoor.Name) : new JsonArray([.. connectors.Select(c => (JsonNode)c)]);
    }
}
