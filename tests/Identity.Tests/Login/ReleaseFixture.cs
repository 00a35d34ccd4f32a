using System.Text.Json.Nodes;
using Identity.Tests.Harness;

namespace Identity.Tests.Login;

/// <summary>
/// Providers of both engines with applications that say something about single attributes: <c>mixed</c> gets the name by law and asks for the
/// rest, <c>filler</c> fills in forms, <c>numbered</c> is approved for the personal number and <c>unnumbered</c> is not.
/// </summary>
public sealed class ReleaseFixture : IAsyncLifetime
{
    private readonly Dictionary<Engine, Lazy<Task<TestProvider>>> _providers = new();

    public Task InitializeAsync()
    {
        foreach (var engine in Enum.GetValues<Engine>()) _providers[engine] = new(() => StartAsync(engine));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var provider in _providers.Values.Where(p => p.IsValueCreated)) await (await provider.Value).DisposeAsync();
    }

    public Task<TestProvider> ProviderAsync(Engine engine) => _providers[engine].Value;

    public async Task<ReleaseVisit> VisitAsync(string client, Engine engine = Engine.Sqlite)
    {
        var provider = await ProviderAsync(engine);
        return new ReleaseVisit(provider, client, await Someone.NewAsync(provider));
    }

    public static string Mixed(string purposeOfBirthdate = "chia nhóm tuổi", string kindOfName = "notice") => Document("mixed", ["openid", "profile", "email", "phone", "offline_access"], $$"""
        [
          { "claim": "name", "kind": "{{kindOfName}}", "legal_basis": { "vi": "Điều 7 <b>Nghị định mẫu</b>", "en": "Article 7 of a sample decree" } },
          { "claim": "birthdate", "kind": "consent", "purpose": { "vi": "{{purposeOfBirthdate}}", "en": "sort by age" }, "retention": { "vi": "sáu tháng", "en": "six months" } },
          { "claim": "email", "kind": "consent", "purpose": { "vi": "{{"{{7*7}}"}} \"onmouseover=\"alert(1)", "en": "send the result" } }
        ]
        """);

    private static async Task<TestProvider> StartAsync(Engine engine)
    {
        var provider = await TestProvider.StartAsync(engine);
        await provider.ImportAsync(Mixed());
        await provider.ImportAsync(Document("filler", ["openid", "prefill", "offline_access"], """
            [{ "claim": "gender", "kind": "notice", "legal_basis": { "vi": "Điều 8 Nghị định mẫu", "en": "Article 8 of a sample decree" } }]
            """));
        await provider.ImportAsync(Document("numbered", ["openid", "vn_pin", "offline_access"], "[]", approved: true));
        await provider.ImportAsync(Document("unnumbered", ["openid", "offline_access"], "[]"));
        return provider;
    }

    private static string Document(string id, string[] scopes, string release, bool approved = false) => ClientDocument.Of("rp-release", client =>
    {
        client["client_id"] = id;
        client["redirect_uris"] = new JsonArray($"https://{id}.example/cb");
        client["initiate_login_uri"] = $"https://{id}.example/start";
        client["post_logout_redirect_uris"] = new JsonArray($"https://{id}.example/out");
        client["scopes"] = new JsonArray([.. scopes.Select(s => (JsonNode)s)]);
        client.Remove("resources");
        if (approved) client["approved_scopes"] = new JsonArray("vn_pin");
        if (JsonNode.Parse(release) is JsonArray { Count: > 0 } words) (client["release"], client["retention"]) = (words, JsonNode.Parse("""{ "vi": "một năm", "en": "one year" }"""));
    });
}

/// <summary>A new person in a new browser, before one application.</summary>
public sealed class ReleaseVisit(TestProvider provider, string client, string user) : IDisposable
{
    public TestProvider Provider => provider;
    public string User => user;
    public TestBrowser Browser { get; } = provider.NewBrowser();
    public TestRelyingParty Rp { get; } = TestRelyingParty.Of(provider, client);

    /// <summary>The release page, or the answer when none is due.</summary>
    public async Task<TestPage> AskAsync(string scope, params (string Name, string? Value)[] changes)
    {
        var page = await Rp.AuthorizeAsync(Browser, [("scope", scope), .. changes]);
        return Someone.AsksForPassword(page) ? await Someone.SignInAsync(Browser, page, user) : page;
    }

    public Task<TestPage> AnswerAsync(TestPage page, string answer, params string[] ticked) =>
        Browser.SubmitAsync(page, "/release", [("answer", answer), .. ticked.Select(t => ("optional", t))]);

    public async Task<TestReply> TokensAsync(TestPage answer)
    {
        Assert.True(answer.LeftFor is not null && answer.Answer.ContainsKey("code"), answer.Text);
        return await Rp.TokenAsync(Rp.Exchange(answer.Answer["code"]));
    }

    public async Task<System.Text.Json.JsonElement> ClaimsAsync(TestPage answer) => (await Rp.UserInfoAsync((await TokensAsync(answer)).AccessToken)).Json;

    public void Dispose() => Browser.Dispose();

    public static bool IsRelease(TestPage page) => page.Forms.Any(f => f.Action.EndsWith("/release", StringComparison.Ordinal));

    public static IEnumerable<string> Optional(TestPage page) => page.Document.QuerySelectorAll("input[name=optional]").Select(box => box.GetAttribute("value")!);
}
