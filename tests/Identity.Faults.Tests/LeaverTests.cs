using System.Diagnostics;
using System.Text.Json.Nodes;
using Identity.Faults.Tests.Harness;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Identity.Tests.Organisations;
using Identity.Tests.Sandbox;

namespace Identity.Faults.Tests;

/// <summary>From the personnel office to the applications: a leaver is out within a minute, whatever dies on the way.</summary>
public sealed class LeaverTests : IAsyncLifetime
{
    private const string Client = "office";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("identity-leaver-").FullName;
    private PostgreSqlCluster _cluster = null!;
    private RunningSandbox _sandbox = null!;
    private StubbornApplication _application = null!;
    private ServerProcess _a = null!;
    private ServerProcess _b = null!;
    private string _issuer = "";

    public async Task InitializeAsync()
    {
        _cluster = await PostgreSqlCluster.StartAsync();
        _application = await StubbornApplication.StartNewAsync();
        // Applications are called on this machine only in development.
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Storage__Provider"] = "PostgreSql",
            ["Storage__ConnectionString"] = await _cluster.CreateDatabaseAsync("leaver"),
            ["Storage__MasterKeyFile"] = Path.Combine(_folder, "master.key"),
            ["Storage__CreateMasterKey"] = "true",
        };
        (_a, _b) = (new ServerProcess(settings), new ServerProcess(settings));
        _issuer = _a.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        (settings["Oidc__Issuer"], settings["Province__Host"]) = (_issuer, new Uri(_issuer).Authority);
        _sandbox = await RunningSandbox.StartAsync(o => o.Authority = _issuer);
        await _a.CommandAsync(["migrate"]);
        await ImportAsync("configuration", "import", "configuration.json", Configuration());
        await ImportAsync("organisations", "import", "units.json", Office.Tree);
        await ImportAsync("hr", "import", "before.csv", List(""));
        await Task.WhenAll(_a.StartAsync(), _b.StartAsync());
    }

    [Fact]
    public async Task L18_A_leaver_of_whom_only_a_dying_node_was_told_is_out_everywhere_within_a_minute()
    {
        using var browser = new TestBrowser(_issuer, _sandbox.Options.EidUrl);
        using var atA = new HttpClient { BaseAddress = new Uri(_issuer) };
        using var atB = new HttpClient { BaseAddress = new Uri(_b.Address) };
        var tokens = await SignInAsync(browser, RelyingParty(atA));
        Assert.Equal(200, (await RelyingParty(atB).UserInfoAsync(tokens.AccessToken)).Status);

        var (clock, began) = (Stopwatch.StartNew(), DateTime.UtcNow);
        await ImportAsync("hr", "import", "after.csv", List("left"), "--allow-many-leavers");
        await _a.KillAsync();

        Assert.Equal("invalid_grant", (await RelyingParty(atB).TokenAsync(RelyingParty(atB).Refresh(tokens.RefreshToken))).Error);
        Assert.Equal(401, (await RelyingParty(atB).UserInfoAsync(tokens.AccessToken)).Status);
        var refused = clock.Elapsed;
        using var patience = new CancellationTokenSource(Deadline - clock.Elapsed);
        while (!_application.Taken.ContainsKey(Client)) await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        var delivered = clock.Elapsed;
        var committed = began - await _cluster.ReadAsync<DateTime>("leaver", "SELECT at FROM audit_events WHERE name = 'staff.left'");
        LongRun.Report("a leaver on the personnel list, kill -9 of the node behind the commit",
            $"refresh token refused by the other node {(refused + committed).TotalSeconds:0.0} s and log-out delivered {(delivered + committed).TotalSeconds:0.0} s after the event ({delivered.TotalSeconds:0.0} s after the start of the command)");
    }

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        await _sandbox.DisposeAsync();
        await _application.DisposeAsync();
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<TestReply> SignInAsync(TestBrowser browser, TestRelyingParty rp)
    {
        var page = await rp.AuthorizeAsync(browser, ("scope", "openid profile offline_access"));
        page = await MailDoor.ToProviderAsync(browser, page, "an@mau.example");
        page = await FederationFixture.DecideAsync(browser, page, "an");
        if (FederationFixture.IsFirst(page)) page = await browser.SubmitAsync(page, "/first", ("answer", "yes"));
        Assert.True(page.LeftFor is not null && page.Answer.ContainsKey("code"), $"{page.Address} {page.Text}");
        var reply = await rp.TokenAsync(rp.Exchange(page.Answer["code"]));
        Assert.True(reply.Status == 200, reply.Body);
        return reply;
    }

    private TestRelyingParty RelyingParty(HttpClient http) => new(http, Client, $"https://{Client}.example/cb");

    private async Task ImportAsync(string noun, string verb, string name, string content, params string[] options)
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(file, content);
        await _a.CommandAsync([noun, verb, file, .. options]);
    }

    private static string List(string status) => $"{Office.ListHeader}\nCB-1,,an@mau.example,Nguyễn Thị Ẩn,H99.07,Chuyên viên,2025-07-01,,{status}\n";

    private string Configuration()
    {
        _application.Set(Client, StubbornApplication.Works);
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Seed", "development.json")).Replace("http://localhost:5081", _sandbox.Options.EidUrl, StringComparison.Ordinal))!.AsObject();
        string[] added =
        [
            TestClients.Document, MailDoor.Connector(_sandbox.Options.EidUrl),
            Province.CitizenClient(Client, c => (c["backchannel_logout_uri"], c["data_release"], c["connectors"]) = (_application.UriFor(Client), "none", new JsonArray(MailDoor.Name))),
        ];
        foreach (var part in added)
            foreach (var (list, entries) in JsonNode.Parse(part)!.AsObject())
                foreach (var entry in entries!.AsArray()) document[list]!.AsArray().Add(entry!.DeepClone());
        return document.ToJsonString();
    }
}
