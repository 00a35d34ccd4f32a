using System.Text.Json.Nodes;
using Identity.Tests.Harness;
using Identity.Tests.Login;

namespace Identity.Tests.Oidc;

/// <summary><c>private_key_jwt</c>: a good assertion with one thing wrong is no assertion.</summary>
public sealed class ClientAssertionTests : IAsyncLifetime, IDisposable
{
    private const string ClientId = "signer";
    private const string TypeOfAssertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly string[] TwoAudiences = ["https://other.example"];
    private readonly AssertionKey _key = new();
    private TestProvider _provider = null!;

    public async Task InitializeAsync()
    {
        _provider = await TestProvider.StartAsync(Engine.Sqlite);
        await _provider.ImportAsync(Document(_key.Jwks));
    }

    public async Task DisposeAsync() => await _provider.DisposeAsync();

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task A_good_assertion_proves_the_client_once()
    {
        var assertion = Good();
        Assert.Equal(200, (await SendAsync(assertion)).Status);
        RawRequest.AssertRefused(await SendAsync(assertion), 401, "invalid_client");
        Assert.Equal(200, (await SendAsync(Good())).Status);
        Assert.Equal(200, (await SendAsync(Good(), ("client_id", ClientId))).Status);
    }

    [Fact]
    public async Task O19_Eight_parallel_uses_of_one_assertion_give_one_answer()
    {
        var assertion = Good();
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(assertion)));
        Assert.Single(replies, r => r.Status == 200);
        Assert.All(replies.Where(r => r.Status != 200), r => Assert.Equal("invalid_client", r.Error));
    }

    [Fact]
    public async Task O19_The_issuer_alone_is_the_audience()
    {
        await RefusesAsync(("aud", $"{_provider.Issuer}/connect/token"));
        await RefusesAsync(("aud", $"{_provider.Issuer}/"));
        await RefusesAsync(("aud", "https://other.example"));
        await RefusesAsync(("aud", new[] { _provider.Issuer, "https://other.example" }));
        await RefusesAsync(("aud", TwoAudiences));
        await RefusesAsync(("aud", null));
    }

    [Fact]
    public async Task O19_Issuer_and_subject_are_the_client()
    {
        await RefusesAsync(("iss", "rp"));
        await RefusesAsync(("sub", "rp"));
        await RefusesAsync(("sub", null));
        await RefusesAsync(("iss", null));
        RawRequest.AssertRefused(await SendAsync(Good(), ("client_id", "api")), 401, "invalid_client");
    }

    [Fact]
    public async Task O19_It_lives_for_minutes_and_has_an_identifier()
    {
        var now = DateTimeOffset.UtcNow;
        await RefusesAsync(("exp", now.AddHours(24).ToUnixTimeSeconds()));
        await RefusesAsync(("exp", now.AddMinutes(-5).ToUnixTimeSeconds()));
        await RefusesAsync(("exp", null));
        await RefusesAsync(("exp", "tomorrow"));
        await RefusesAsync(("nbf", now.AddMinutes(5).ToUnixTimeSeconds()));
        await RefusesAsync(("iat", now.AddMinutes(5).ToUnixTimeSeconds()));
        await RefusesAsync(("jti", null));
        await RefusesAsync(("jti", ""));
    }

    [Fact]
    public async Task O19_A_key_or_a_place_of_keys_in_the_header_counts_for_nothing()
    {
        using var stranger = new AssertionKey();
        var jwk = stranger.Jwks["keys"]![0]!.DeepClone();
        foreach (var (name, value) in ((string, object)[])[("jwk", jwk), ("jku", "https://evil.example/jwks"), ("x5u", "https://evil.example/cert"), ("kid", "../../dev/null")])
            RawRequest.AssertRefused(await SendAsync(stranger.Sign(AssertionKey.Header((name, value)), Claims())), 401, "invalid_client");
    }

    [Fact]
    public async Task O19_Neither_no_signature_nor_the_public_key_as_secret_nor_another_type_pass()
    {
        foreach (var assertion in (string[])
        [
            AssertionKey.Unsigned(Claims()),
            _key.SignWithPublicKeyAsSecret(Claims()),
            _key.Sign(AssertionKey.Header(("typ", "at+jwt")), Claims()),
            _key.Sign(AssertionKey.Header(("typ", "logout+jwt")), Claims()),
            _key.Sign(AssertionKey.Header(("crit", TwoAudiences)), Claims()),
            Good()[..^4],
            "a.b.c",
            "",
        ]) Assert.Contains((await SendAsync(assertion)).Error, (string[])["invalid_client", "invalid_request"]);
        Assert.Equal(200, (await SendAsync(_key.Sign(AssertionKey.Header(("typ", "client-authentication+jwt")), Claims()))).Status);
    }

    [Theory, InlineData(60, 200), InlineData(-60, 401)]
    public async Task A_key_proves_nothing_after_its_own_end(int seconds, int status)
    {
        var jwks = _key.Jwks;
        jwks["keys"]![0]!["exp"] = DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeSeconds();
        await _provider.ImportAsync(Document(jwks));

        Assert.Equal(status, (await SendAsync(Good())).Status);
    }

    [Theory]
    [InlineData("urn:ietf:params:oauth:client-assertion-type:saml2-bearer")]
    [InlineData("")]
    public async Task The_type_of_the_assertion_is_part_of_it(string type) =>
        RawRequest.AssertRefused(await SendAsync(Good(), ("client_assertion_type", type)), 400, "invalid_request");

    [Fact]
    public async Task O18_Our_own_tokens_are_nobodys_assertion()
    {
        using var browser = _provider.NewBrowser();
        var tokens = await TestRelyingParty.Of(_provider).TokensAsync(browser);
        RawRequest.AssertRefused(await SendAsync(tokens.IdToken), 401, "invalid_client");
        RawRequest.AssertRefused(await SendAsync(tokens.AccessToken), 401, "invalid_client");
        RawRequest.AssertRefused(await SendAsync(tokens.IdToken, ("client_id", "rp")), 401, "invalid_client");
    }

    [Fact]
    public async Task O18_An_assertion_is_nobodys_token()
    {
        Assert.Equal(401, (await TestRelyingParty.Of(_provider).UserInfoAsync(Good())).Status);
        var reply = await TestRelyingParty.Of(_provider, "api").PostAsync("/connect/introspect", new() { ["token"] = Good() });
        Assert.Equal("""{"active":false}""", reply.Body);
    }

    private Dictionary<string, object> Claims(params (string Name, object? Value)[] changes) => AssertionKey.Claims(ClientId, _provider.Issuer, changes);

    private static string Document(JsonObject jwks) => ClientDocument.Of("api", client =>
    {
        client["client_id"] = ClientId;
        client["token_endpoint_auth_method"] = "private_key_jwt";
        client["jwks"] = jwks;
        client.Remove("secrets");
    });

    private string Good() => _key.Sign(AssertionKey.Header(), Claims());

    private async Task RefusesAsync((string Name, object? Value) change) =>
        RawRequest.AssertRefused(await SendAsync(_key.Sign(AssertionKey.Header(), Claims(change))), 401, "invalid_client");

    private Task<TestReply> SendAsync(string assertion, params (string Name, string Value)[] more)
    {
        var form = new Dictionary<string, string>(RawRequest.ClientCredentials) { ["client_assertion"] = assertion, ["client_assertion_type"] = TypeOfAssertion };
        foreach (var (name, value) in more) form[name] = value;
        return RawRequest.FormAsync(_provider, "/connect/token", null, form);
    }
}
