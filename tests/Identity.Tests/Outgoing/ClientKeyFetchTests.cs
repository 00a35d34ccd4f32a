using System.Net;
using Identity.Server.Http;
using Identity.Tests.Harness;
using Identity.Tests.Login;
using Identity.Tests.Oidc;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Outgoing;

/// <summary>A client's <c>jwks_uri</c> is an address that somebody else chose: what it answers must not hurt, and where it leads is judged.</summary>
public sealed class ClientKeyFetchTests : IAsyncLifetime, IDisposable
{
    private readonly AssertionKey _key = new();
    private readonly Dictionary<string, IPAddress> _names = [];
    private HostileServer _server = null!;
    private TestProvider _provider = null!;

    public async Task InitializeAsync()
    {
        _server = await HostileServer.StartAsync();
        _server.Keys = _key.Jwks.ToJsonString();
        _provider = await TestProvider.StartAsync(Engine.Sqlite, configure: builder =>
            builder.Services.AddSingleton<NameResolution>((host, _) => Task.FromResult<IPAddress[]>([_names.GetValueOrDefault(host, IPAddress.Loopback)])));
    }

    public async Task DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _server.DisposeAsync();
    }

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task O14_Keys_are_fetched_once_however_many_ask()
    {
        await RegisterAsync($"{_server.Address}/keys");
        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => SendAsync()));
        Assert.All(replies, r => Assert.Equal(200, r.Status));
        Assert.Equal(1, _server.Asked["/keys"]);

        // Assertions of a stranger's key: one more look at most.
        using var stranger = new AssertionKey();
        var refused = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => SendAsync(stranger, ("kid", "another"))));
        Assert.All(refused, r => Assert.Equal("invalid_client", r.Error));
        Assert.InRange(_server.Asked["/keys"], 1, 2);
    }

    [Theory]
    [InlineData("/redirect")]
    [InlineData("/loop")]
    [InlineData("/endless")]
    [InlineData("/headers")]
    [InlineData("/drip")]
    public async Task O13_O14_A_server_that_redirects_drips_or_never_ends_gives_no_keys(string path)
    {
        await RegisterAsync(_server.Address + path);
        RawRequest.AssertRefused(await SendAsync(), 401, "invalid_client");
        Assert.Equal(1, _server.Asked[path]);
        Assert.False(_server.Asked.ContainsKey("/keys"));
        Assert.Contains(_provider.Log.Lines, line => line.Contains("Keys of client fetched could not be read", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("10.0.0.5")]
    [InlineData("fd00:ec2::254")]
    public async Task O13_O14_Keys_behind_a_name_that_leads_inside_are_not_fetched(string inside)
    {
        _names["keys.rp.example"] = IPAddress.Parse(inside);
        await RegisterAsync("https://keys.rp.example/keys");
        RawRequest.AssertRefused(await SendAsync(), 401, "invalid_client");
        Assert.Contains(_provider.Log.Lines, line => line.EndsWith("address refused ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task M14_A_changed_address_takes_the_place_of_the_one_before()
    {
        await RegisterAsync($"{_server.Address}/loop");
        Assert.Equal(401, (await SendAsync()).Status);
        await RegisterAsync($"{_server.Address}/keys");
        Assert.Equal(200, (await SendAsync()).Status);
    }

    private Task RegisterAsync(string jwksUri) => _provider.ImportAsync(ClientDocument.Of("api", client =>
    {
        client["client_id"] = "fetched";
        client["token_endpoint_auth_method"] = "private_key_jwt";
        client["jwks_uri"] = jwksUri;
        client.Remove("secrets");
    }));

    private Task<TestReply> SendAsync(AssertionKey? key = null, params (string Name, object? Value)[] header) =>
        RawRequest.FormAsync(_provider, "/connect/token", null, new(RawRequest.ClientCredentials)
        {
            ["client_assertion"] = (key ?? _key).Sign(AssertionKey.Header(header), AssertionKey.Claims("fetched", _provider.Issuer)),
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        });
}
