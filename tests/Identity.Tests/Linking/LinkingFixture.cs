using System.Text.Json.Nodes;
using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Protocols.Federation;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Linking;

/// <summary>
/// One e-ID behind three doors that know different things: <c>vnconnect</c> is level 02, <c>weak</c> vouches for the number at level 01 only,
/// <c>agency</c> is an official mailbox without a number. The application <c>hall</c> takes all of them.
/// </summary>
public sealed class LinkingFixture : IAsyncLifetime
{
    public const string Eid = "vnconnect";
    public const string Weak = "weak";
    public const string Agency = "agency";
    private readonly FederationFixture _federation;

    public LinkingFixture() : this(Engine.Sqlite)
    {
    }

    internal LinkingFixture(Engine engine) => _federation = new(engine, configure: null);

    internal TestProvider Provider => _federation.Provider;

    public string EidUrl => _federation.EidUrl;

    public async Task InitializeAsync()
    {
        await _federation.InitializeAsync();
        await Provider.ImportAsync(new JsonObject { ["connectors"] = new JsonArray(Connector(Weak, 30, "national_eid", "01", "SoDinhDanh", numbered: true), Connector(Agency, 40, "official_mail", "mail_only", "sub", numbered: false)) }.ToJsonString());
        foreach (var (id, proofing) in ((string, string)[])[("hall", "self_asserted"), ("strict-hall", "02")])
            await Provider.ImportAsync(ClientDocument.Of("rp", c =>
            {
                (c["client_id"], c["minimum_proofing"], c["redirect_uris"]) = (id, proofing, new JsonArray($"https://{id}.example/cb"));
                c["connectors"] = new JsonArray(Eid, Weak, Agency, "local");
            }));
    }

    public Task DisposeAsync() => _federation.DisposeAsync();

    public TestBrowser NewBrowser() => new(Provider.Issuer, EidUrl);

    internal TestRelyingParty Rp(string client = "hall") => TestRelyingParty.Of(Provider, client);

    /// <summary>From any page that offers the door, through the e-ID, to whatever we show then.</summary>
    public async Task<TestPage> ThroughAsync(TestBrowser browser, TestPage page, string door, string person)
    {
        // A mailbox has no button of its own: its address leads to it.
        if (door == Agency) page = await browser.SubmitAsync(page, "/mail", ("address", $"{person}@mau.example"));
        var next = await browser.SubmitAsync(page, $"/start/{door}");
        // The e-ID remembers who signed in to it in this browser, and asks again only when we insist.
        return next.Address.AbsoluteUri.StartsWith(EidUrl, StringComparison.Ordinal) ? await FederationFixture.DecideAsync(browser, next, person) : await FederationFixture.ArriveAsync(browser, next);
    }

    /// <summary>Signs in to the application, with "yes, this is me" when it is asked.</summary>
    public async Task<TestPage> EnterAsync(TestBrowser browser, string person, string door = Eid, string client = "hall")
    {
        var page = await ThroughAsync(browser, await Rp(client).AuthorizeAsync(browser, ("prompt", "login")), door, person);
        return FederationFixture.IsFirst(page) ? await browser.SubmitAsync(page, "/first", ("answer", "yes")) : page;
    }

    public async Task<string> SubjectAsync(string person, string door = Eid)
    {
        using var browser = NewBrowser();
        return await SubjectAsync(await EnterAsync(browser, person, door));
    }

    internal async Task<string> SubjectAsync(TestPage answer)
    {
        Assert.True(answer.LeftFor is not null && answer.Answer.ContainsKey("code"), $"{answer.Address} {answer.Text}");
        return TestReply.Read((await Rp().TokenAsync(Rp().Exchange(answer.Answer["code"]))).IdToken).Subject;
    }

    /// <summary>A browser in which the person is signed in by the e-ID.</summary>
    public async Task<TestBrowser> SignedInAsync(string person, string door = Eid)
    {
        var browser = NewBrowser();
        Assert.NotNull((await EnterAsync(browser, person, door)).LeftFor);
        return browser;
    }

    /// <summary>"Add a way to sign in": the page that asks for the proof of an old door.</summary>
    public static async Task<TestPage> AddAsync(TestBrowser browser) => await browser.SubmitAsync(await browser.GetAsync("/account/identities"), "/identities/add");

    /// <summary>The same, proved: the page that asks for the new door.</summary>
    public async Task<TestPage> ProvedAsync(TestBrowser browser, string person, string door = Eid) => await ThroughAsync(browser, await AddAsync(browser), door, person);

    /// <summary>The person of an e-ID account.</summary>
    internal Task<Guid> PersonAsync(string person) => PersonAsync(Eid, person);

    internal Task<Guid> PersonAsync(string door, string person)
    {
        var subject = door == Eid ? $"tech-{person}" : $"eid-{person}";
        return Provider.InDatabaseAsync(db => db.LinkedIdentities.Where(l => l.Connector == door && l.Subject == subject).Select(l => l.PersonId).SingleOrDefaultAsync());
    }

    internal Task<List<LinkedIdentity>> DoorsAsync(Guid person) =>
        Provider.InDatabaseAsync(db => db.LinkedIdentities.AsNoTracking().Where(l => l.PersonId == person).OrderBy(l => l.LinkedAt).ToListAsync());

    internal Task<int> PeopleAsync() => Provider.InDatabaseAsync(db => db.People.CountAsync());

    /// <summary>A record that came from elsewhere, with what its source said.</summary>
    internal async Task<Guid> RecordAsync(ProofingLevel level, params (string Name, string Value)[] facts)
    {
        await using var scope = Provider.Services.CreateAsyncScope();
        var external = new ExternalIdentity("old", "https://old.example", Guid.NewGuid().ToString("N"), ExternalSubjectKind.Individual, level, facts.ToDictionary(f => f.Name, f => f.Value), [], DateTimeOffset.UtcNow);
        var person = scope.ServiceProvider.GetRequiredService<PersonDirectory>().Create(external);
        await scope.ServiceProvider.GetRequiredService<Identity.Domain.Storage.IdentityDb>().SaveChangesAsync();
        return person.Id;
    }

    private JsonObject Connector(string name, int order, string kind, string ceiling, string subject, bool numbered)
    {
        var seed = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Seed", "development.json")).Replace("http://localhost:5081", EidUrl, StringComparison.Ordinal);
        var row = JsonNode.Parse(seed)!["connectors"]!.AsArray().Single(c => (string)c!["name"]! == Eid)!.DeepClone().AsObject();
        (row["name"], row["order"], row["kind"], row["display_name"]) = (name, order, kind, new JsonObject { ["vi"] = $"Cách {name}", ["en"] = $"Way {name}" });
        row["assurance"]!["proofing_ceiling"] = ceiling;
        var settings = row["settings"]!.AsObject();
        settings["subject_claim"] = subject;
        if (numbered) return row;
        row["domains"] = new JsonArray(new JsonObject { ["name"] = "mau.example" });
        settings["required_attributes"] = new JsonArray();
        settings["attribute_claims"] = new JsonObject { ["name"] = new JsonArray("HoVaTen"), ["email"] = new JsonArray("ThuDienTu") };
        return row;
    }
}
