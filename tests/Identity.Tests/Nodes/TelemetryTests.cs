using System.Net.Sockets;
using System.Text;
using Identity.Sandbox.People;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Identity.Tests.Nodes;

/// <summary>
/// What leaves the node for the operator's collector, byte by byte. Alone in the process: servers of other tests write under the same
/// names, and a meter that goes takes its namesakes out of the export.
/// </summary>
[Collection(nameof(TelemetryTests)), CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public sealed class TelemetryTests
{
    private const string Address = "203.0.113.77";
    private const string Planted = "canary-8d21";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Telemetry_tells_of_the_trade_and_of_nobody(Engine engine)
    {
        await using var sink = await OtlpSink.StartAsync();
        var federation = new FederationFixture(engine, Telling(sink)) { UpstreamTimeout = "00:00:20" };
        await federation.InitializeAsync();
        List<string> canaries = [Address, Planted, TestProvider.Password, TestClients.Secret];
        await SignInLocallyAsync(federation.Provider, canaries);
        await SignInFederatedAsync(federation, canaries);
        await AttackAsync(federation.Provider);
        await BreakAsync(federation.Provider, engine);
        await federation.DisposeAsync();

        string[] signals = ["traces", "metrics", "logs"];
        foreach (var signal in signals)
        foreach (var canary in canaries)
            Assert.False(sink.Received(signal).Contains(Latin(canary), StringComparison.OrdinalIgnoreCase), $"{canary} is in the {signal}");

        Assert.All((string[])["POST /connect/token", "GET login/{request}", "POST /login/{request}/password", "GET /login/callback/{connector}", "http.response.status_code"],
            expected => Assert.Contains(expected, sink.Received("traces"), StringComparison.Ordinal));
        Assert.All((string[])["identity.sign_ins", "signed_in", "wrong_password", "identity.tokens", "client_credentials", "invalid_client", "identity.upstream.duration",
            "identity.password_hash.running", "identity.logout_deliveries", "identity.signing_key.age", "http.server.request.duration"],
            expected => Assert.Contains(expected, sink.Received("metrics"), StringComparison.Ordinal));
        Assert.All((string[])["Sign-in problem", "node-of-the-test", "System.FormatException"], expected => Assert.Contains(expected, sink.Received("logs"), StringComparison.Ordinal));
        if (engine != Engine.PostgreSql) return;
        Assert.Contains("db.response.status_code", sink.Received("traces"), StringComparison.Ordinal);
        Assert.Contains("db.client.connection.count", sink.Received("metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_collector_nothing_is_exported_and_everything_works()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        Assert.Null(provider.Services.GetService<OpenTelemetry.Logs.OpenTelemetryLoggerProvider>());
        Assert.DoesNotContain(provider.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>(), service => service.GetType().Name == "TelemetryExport");
    }

    [Fact]
    public async Task A_visitors_trace_headers_neither_join_nor_travel_on()
    {
        await using var sink = await OtlpSink.StartAsync();
        await using (var provider = await TestProvider.StartAsync(Engine.Sqlite, configure: Telling(sink)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/openid-configuration");
            request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            request.Headers.Add("tracestate", $"who={Planted}");
            request.Headers.Add("baggage", $"who={Planted}");
            using var visitor = Visitor(provider);
            using var reply = await visitor.SendAsync(request);
            Assert.True(reply.IsSuccessStatusCode);
        }
        Assert.Contains("/.well-known/openid-configuration", sink.Received("traces"), StringComparison.Ordinal);
        Assert.DoesNotContain(Encoding.Latin1.GetString(Convert.FromHexString("0af7651916cd43dd8448eb211c80319c")), sink.Received("traces"), StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, sink.Received("traces"), StringComparison.Ordinal);
    }

    private static Action<WebApplicationBuilder> Telling(OtlpSink sink) => builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Telemetry:OtlpEndpoint"] = sink.Address,
        ["Telemetry:TraceShare"] = "1",
        ["Telemetry:MetricInterval"] = "00:00:01",
        ["Node:Name"] = "node-of-the-test",
        ["Listener:TrustedProxies:0"] = "127.0.0.0/8",
        ["Listener:TrustedProxies:1"] = "::1",
    });

    private static async Task SignInLocallyAsync(TestProvider provider, List<string> canaries)
    {
        var rp = TestRelyingParty.Of(provider);
        using var browser = provider.NewBrowser();
        var page = await rp.AuthorizeAsync(browser, ("state", $"{Planted}-state"), ("nonce", $"{Planted}-nonce"), ("login_hint", $"{Planted}-hint"));
        canaries.Add(page.Address.Segments[2].Trim('/'));
        page = await Someone.SignInAsync(browser, page, $"{Planted}-name", $"{Planted}-password");
        page = await Someone.SignInAsync(browser, page, "full");
        var code = page.Answer["code"];
        var tokens = await rp.TokenAsync(rp.Exchange(code));
        await rp.TokenAsync(rp.Exchange(code));
        await rp.UserInfoAsync(tokens.Json.GetProperty("access_token").GetString()!);
        canaries.AddRange([code, tokens.Json.GetProperty("access_token").GetString()!, tokens.Json.GetProperty("id_token").GetString()!]);
        canaries.AddRange(TestPeople.Full.Values.Where(value => value.Length > 8 && value.Any(char.IsAsciiDigit)));
    }

    private static async Task SignInFederatedAsync(FederationFixture federation, List<string> canaries)
    {
        using var browser = federation.NewBrowser();
        await federation.TokensAsync(browser, "an");
        using var stranger = federation.NewBrowser();
        Assert.True(FederationFixture.IsProblem(await federation.ReturnAsync(stranger, "binh", "wrong_nonce")));
        canaries.AddRange(SyntheticPeople.All.SelectMany(p => (string[])[p.Number, p.FullName]).Where(value => value.Length > 8));
    }

    /// <summary>What a stranger can put into a request, wherever a library might pick it up.</summary>
    private static async Task AttackAsync(TestProvider provider)
    {
        var wrong = new TestRelyingParty(provider, "api", "", $"{Planted}-secret");
        Assert.Equal("invalid_client", (await wrong.TokenAsync(new() { ["grant_type"] = "client_credentials", ["code"] = $"{Planted}-code" })).Error);
        Assert.Equal(200, (await new TestRelyingParty(provider, "api", "").TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = "dossier.read" })).Status);
        foreach (var address in (string[])["/connect/authorize?client_id={0}&redirect_uri=https://{0}.example/cb&state={0}", "/connect/authorize?client_id=rp&redirect_uri=https://{0}.example/cb&state={0}", "/{0}?code={0}", "/login/{0}"])
            await VisitAsync(provider, address.Replace("{0}", Planted, StringComparison.Ordinal));
    }

    /// <summary>Without the client that is in this process as well: its own spans would tell of the host that it was made to ask for.</summary>
    private static async Task VisitAsync(TestProvider provider, string address)
    {
        using var visitor = new TcpClient();
        await visitor.ConnectAsync("localhost", new Uri(provider.Issuer).Port);
        await visitor.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"{Planted.ToUpperInvariant()} {address} HTTP/1.1\r\nHost: {Planted}.example\r\nConnection: close\r\n\r\n"));
        await visitor.GetStream().CopyToAsync(Stream.Null);
        using var second = new TcpClient();
        await second.ConnectAsync("localhost", new Uri(provider.Issuer).Port);
        await second.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {address} HTTP/1.1\r\nHost: {Planted}.example\r\nX-Forwarded-For: {Address}\r\nUser-Agent: {Planted}\r\nAccept: text/html\r\nConnection: close\r\n\r\n"));
        await second.GetStream().CopyToAsync(Stream.Null);
    }

    /// <summary>Failures are where libraries quote.</summary>
    private static async Task BreakAsync(TestProvider provider, Engine engine)
    {
        provider.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Identity.Test").LogError(new FormatException($"{Planted} is no number"), "Something broke");
        if (engine != Engine.PostgreSql) return;
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => provider.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync($"SELECT '{Planted}'::int")));
    }

    /// <summary>Leaves no spans of its own: they would be in this process, and in the sink.</summary>
    private static HttpClient Visitor(TestProvider provider) =>
        new(new SocketsHttpHandler { ActivityHeadersPropagator = null, AllowAutoRedirect = false }) { BaseAddress = new Uri(provider.Issuer) };

    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
