using System.Text.Json.Nodes;
using Identity.Tests.Harness;
using Identity.Tests.Login;

namespace Identity.Tests.Oidc;

/// <summary>Secrets: one method, the registered one, decoded as the specification says.</summary>
public sealed class ClientAuthenticationTests
{
    private const string Token = "/connect/token";
    private static readonly string Good = RawRequest.Basic($"api:{TestClients.Secret}");

    [Fact]
    public async Task The_registered_method_works_and_names_its_scheme_in_any_case()
    {
        foreach (var header in (string[])[Good, Good.Replace("Basic", "basic", StringComparison.Ordinal), Good.Replace("Basic", "BASIC", StringComparison.Ordinal)])
            Assert.Equal(200, (await SendAsync(header)).Status);
    }

    [Fact]
    public async Task O20_Two_methods_in_one_request_are_refused_even_when_both_are_right()
    {
        RawRequest.AssertRefused(await SendAsync(Good, ("client_secret", TestClients.Secret)), 400, "invalid_request");
        RawRequest.AssertRefused(await SendAsync(Good, ("client_assertion", "a.b.c")), 400, "invalid_request");
        RawRequest.AssertRefused(await SendAsync(null, ("client_id", "api"), ("client_secret", TestClients.Secret), ("client_assertion_type", "any")), 400, "invalid_request");
    }

    [Fact]
    public async Task O20_Two_headers_are_refused()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        using var request = new HttpRequestMessage(HttpMethod.Post, Token) { Content = new FormUrlEncodedContent(RawRequest.ClientCredentials) };
        request.Headers.TryAddWithoutValidation("Authorization", [Good, Good]);
        var reply = await TestReply.ReadAsync(await provider.Http.SendAsync(request));
        Assert.InRange(reply.Status, 400, 401);
    }

    [Theory]
    [InlineData("client_secret")]
    [InlineData("client_id")]
    [InlineData("grant_type")]
    public async Task O20_Nothing_is_read_from_the_address(string name)
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        var reply = await RawRequest.FormAsync(provider, $"{Token}?{name}=x", Good, RawRequest.ClientCredentials);
        RawRequest.AssertRefused(reply, 400, "invalid_request");
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!!")]
    [InlineData("Basic YXBp")]
    [InlineData("Basic YXBp=")]
    [InlineData("Basic Og==")]
    [InlineData("Basic //79/A==")]
    [InlineData("Bearer abc")]
    [InlineData("Digest username=api")]
    [InlineData("nonsense")]
    public async Task O20_Malformed_credentials_are_refused_with_a_challenge(string header) =>
        RawRequest.AssertRefused(await SendAsync(header), 401, "invalid_client");

    [Theory]
    [InlineData("api:wrong-secret-that-is-long-enough-to-be-one")]
    [InlineData("api:")]
    [InlineData("nobody:test-client-secret-not-for-production")]
    [InlineData("API:test-client-secret-not-for-production")]
    [InlineData("api :test-client-secret-not-for-production")]
    [InlineData("api:test-client-secret-not-for-production ")]
    [InlineData("api:mật-khẩu-không-phải-ascii-nhưng-đủ-dài")]
    [InlineData("api:test-client-secret-not-for-production\0")]
    public async Task O20_A_wrong_pair_is_refused_the_same_way(string pair) =>
        RawRequest.AssertRefused(await SendAsync(RawRequest.Basic(pair)), 401, "invalid_client");

    [Fact]
    public async Task O20_Both_halves_are_form_decoded_before_they_are_compared()
    {
        const string secret = "plus+colon:percent%3Aequals=and&secret";
        await using var provider = await ProviderAsync("api", client => client["secrets"] = Secrets((secret, null)));
        Task<TestReply> Send(string encoded) => RawRequest.FormAsync(provider, Token, RawRequest.Basic($"api:{encoded}"), RawRequest.ClientCredentials);

        Assert.Equal(200, (await Send(Uri.EscapeDataString(secret))).Status);
        Assert.Equal(200, (await Send(Uri.EscapeDataString(secret).Replace("%3A", "%3a", StringComparison.Ordinal))).Status);
        Assert.Equal(200, (await Send("plus%2Bcolon:percent%253Aequals=and&secret")).Status);
        Assert.Equal(401, (await Send(secret)).Status);
        Assert.Equal(401, (await Send("plus+colon%3Apercent%253Aequals%3Dand%26secret")).Status);
    }

    [Fact]
    public async Task The_wrong_method_is_refused_even_with_the_right_secret()
    {
        var provider = await TestProvider.SharedAsync(Engine.Sqlite);
        RawRequest.AssertRefused(await SendAsync(null, ("client_id", "api"), ("client_secret", TestClients.Secret)), 401, "invalid_client");
        RawRequest.AssertRefused(await SendAsync(null, ("client_id", "api")), 401, "invalid_client");
        var basic = RawRequest.Basic("conformance-post:conformance-post-secret-not-for-production");
        RawRequest.AssertRefused(await RawRequest.FormAsync(provider, Token, basic, Exchange), 401, "invalid_client");
        RawRequest.AssertRefused(await RawRequest.FormAsync(provider, Token, RawRequest.Basic("spa:"), Exchange), 401, "invalid_client");
        RawRequest.AssertRefused(await RawRequest.FormAsync(provider, Token, RawRequest.Basic("conformance-private-key:"), Exchange), 401, "invalid_client");
    }

    [Fact]
    public async Task The_body_may_not_name_another_client_than_the_header()
    {
        RawRequest.AssertRefused(await SendAsync(Good, ("client_id", "rp")), 400, "invalid_request");
        Assert.Equal(200, (await SendAsync(Good, ("client_id", "api"))).Status);
    }

    [Fact]
    public async Task Two_secrets_live_side_by_side_until_the_old_one_expires()
    {
        const string next = "the-next-secret-of-this-client";
        var clock = new FixedClock(DateTimeOffset.UtcNow);
        await using var provider = await ProviderAsync("api", client => client["secrets"] = Secrets((TestClients.Secret, clock.GetUtcNow().AddDays(1)), (next, null)), clock);
        Task<TestReply> Send(string secret) => RawRequest.FormAsync(provider, Token, RawRequest.Basic($"api:{secret}"), RawRequest.ClientCredentials);

        Assert.Equal((200, 200), ((await Send(TestClients.Secret)).Status, (await Send(next)).Status));
        clock.Advance(TimeSpan.FromDays(2));
        RawRequest.AssertRefused(await Send(TestClients.Secret), 401, "invalid_client");
        Assert.Equal(200, (await Send(next)).Status);
    }

    private static Dictionary<string, string> Exchange { get; } = new() { ["grant_type"] = "authorization_code", ["code"] = "any" };

    private static async Task<TestReply> SendAsync(string? header, params (string Name, string Value)[] more)
    {
        var form = new Dictionary<string, string>(RawRequest.ClientCredentials);
        foreach (var (name, value) in more) form[name] = value;
        return await RawRequest.FormAsync(await TestProvider.SharedAsync(Engine.Sqlite), Token, header, form);
    }

    private static async Task<TestProvider> ProviderAsync(string client, Action<JsonObject> change, FixedClock? clock = null)
    {
        var provider = await TestProvider.StartAsync(Engine.Sqlite, clock);
        await provider.ImportAsync(ClientDocument.Of(client, change));
        return provider;
    }

    private static JsonArray Secrets(params (string Value, DateTimeOffset? Expires)[] secrets) => new([.. secrets.Select(s =>
    {
        var secret = new JsonObject { ["value"] = s.Value };
        if (s.Expires is { } end) secret["expires_at"] = end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        return (JsonNode)secret;
    })]);
}
