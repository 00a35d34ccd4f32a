using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Identity.Tests.Oidc;
using Identity.Tests.Sandbox;

namespace Identity.Faults.Tests.Harness;

/// <summary>
/// What a province runs: PostgreSQL, two nodes, nginx in front of them, the national e-ID behind. Set up by the operator's commands.
/// Each test may break it and finds it whole again.
/// </summary>
public sealed class Province : IAsyncLifetime
{
    public const string Database = "identity";
    public const string LocalAccount = "lan";

    /// <summary>Takes everybody, by password or through the e-ID, and asks before it gets data.</summary>
    public const string Client = "citizen";

    /// <summary>A machine that signs its assertions with <see cref="MachineKey"/>.</summary>
    public const string Machine = "signer";

    private readonly string _folder = Directory.CreateTempSubdirectory("identity-province-").FullName;
    private bool _isDatabaseDown;

    internal PostgreSqlCluster Cluster { get; private set; } = null!;
    internal NginxProxy Proxy { get; private set; } = null!;
    internal ServerProcess A { get; private set; } = null!;
    internal ServerProcess B { get; private set; } = null!;
    internal RunningSandbox Sandbox { get; private set; } = null!;
    internal AssertionKey MachineKey { get; } = new();

    public string Origin => Proxy.Origin;
    internal ServerProcess[] Nodes => [A, B];

    public async Task InitializeAsync()
    {
        Proxy = new NginxProxy();
        Cluster = await PostgreSqlCluster.StartAsync();
        Sandbox = await RunningSandbox.StartAsync(o => (o.Authority, o.SlowSeconds) = (Origin, 8));
        var settings = Settings(await Cluster.CreateDatabaseAsync(Database));
        (A, B) = (new ServerProcess(settings), new ServerProcess(settings));
        await File.WriteAllTextAsync(settings["Storage__MasterKeyFile"], Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        await A.CommandAsync(["migrate"]);
        await ImportAsync(Configuration());
        await A.CommandAsync(["account", "create", "--username", LocalAccount, "--attribute", "name=Lan", "--password-stdin"], TestProvider.Password);
        await Task.WhenAll(A.StartAsync(), B.StartAsync());
        await Proxy.StartAsync(A, B);
    }

    /// <summary>Lays a file over what is stored, by the operator's command.</summary>
    internal async Task ImportAsync(string document)
    {
        var file = Path.Combine(_folder, "import.json");
        await File.WriteAllTextAsync(file, document);
        await A.CommandAsync(["configuration", "import", file]);
    }

    /// <summary>Whatever the last test killed is there again.</summary>
    internal async Task MendAsync()
    {
        if (_isDatabaseDown) await ResumeDatabaseAsync();
        await Task.WhenAll(Nodes.Where(n => !n.IsRunning).Select(n => n.StartAsync()));
    }

    internal Task CrashDatabaseAsync()
    {
        _isDatabaseDown = true;
        return Cluster.CrashAsync();
    }

    internal async Task ResumeDatabaseAsync()
    {
        await Cluster.ResumeAsync();
        _isDatabaseDown = false;
    }

    /// <param name="node">"a" or "b": asked first; null: nginx takes turns.</param>
    internal HttpClient NewHttp(string? node = null)
    {
        var http = new HttpClient(Proxy.NewSockets()) { BaseAddress = new Uri(Origin) };
        if (node is not null) http.DefaultRequestHeaders.Add(NginxProxy.FirstNode, node);
        return http;
    }

    internal TestRelyingParty RelyingParty(HttpClient http, string client = Client) => new(http, client, $"https://{client}.example/cb");

    public async Task DisposeAsync()
    {
        await A.DisposeAsync();
        await B.DisposeAsync();
        await Proxy.DisposeAsync();
        await Sandbox.DisposeAsync();
        await Cluster.DisposeAsync();
        MachineKey.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    internal static string CitizenClient(string id, Action<JsonObject>? change = null) => ClientDocument.Of("rp", client =>
    {
        (client["client_id"], client["minimum_proofing"], client["data_release"]) = (id, "self_asserted", "consent");
        client["purpose"] = new JsonObject { ["vi"] = "kiểm thử", ["en"] = "test" };
        client["redirect_uris"] = new JsonArray($"https://{id}.example/cb");
        client["initiate_login_uri"] = $"https://{id}.example/start";
        client["post_logout_redirect_uris"] = new JsonArray($"https://{id}.example/out");
        client["connectors"] = new JsonArray("vnconnect", "local");
        change?.Invoke(client);
    });

    internal static string MachineClient(AssertionKey key) => ClientDocument.Of("api", client =>
    {
        (client["client_id"], client["token_endpoint_auth_method"], client["jwks"]) = (Machine, "private_key_jwt", key.Jwks);
        client.Remove("secrets");
    });

    /// <summary>The shipped example with the sandbox's address and a short patience, the clients of the tests, and ours.</summary>
    private string Configuration()
    {
        var seed = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Seed", "development.json")).Replace("http://localhost:5081", Sandbox.Options.EidUrl, StringComparison.Ordinal);
        var document = JsonNode.Parse(seed)!.AsObject();
        document["connectors"]!.AsArray().Single(c => (string)c!["name"]! == "vnconnect")!["settings"]!["timeout"] = "00:00:03";
        foreach (var added in (string[])[TestClients.Document, CitizenClient(Client), MachineClient(MachineKey)])
            foreach (var (list, entries) in JsonNode.Parse(added)!.AsObject())
                foreach (var entry in entries!.AsArray()) document[list]!.AsArray().Add(entry!.DeepClone());
        return document.ToJsonString();
    }

    private Dictionary<string, string> Settings(string connectionString) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Oidc__Issuer"] = Origin,
        ["Login__BounceWindow"] = "00:00:00",
        ["Storage__Provider"] = "PostgreSql",
        ["Storage__ConnectionString"] = connectionString,
        ["Storage__MasterKeyFile"] = Path.Combine(_folder, "master.key"),
        ["Listener__TrustedProxies__0"] = "127.0.0.1",
        ["Node__DrainDelay"] = "00:00:02",
        ["Province__NameVi"] = "Tỉnh An Bình",
        ["Province__NameEn"] = "An Binh Province",
        ["Province__Host"] = new Uri(Origin).Authority,
        ["Province__ReferencePrefix"] = "AB",
        // Less work for the compiler while a process warms up; there are many of them.
        ["DOTNET_TieredPGO"] = "0",
        // What reached a node, so that tests can look for what should not have.
        ["Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = "Information",
    };
}

[CollectionDefinition(Name)]
public sealed class ProvinceCollection : ICollectionFixture<Province>
{
    public const string Name = "Province";
}
