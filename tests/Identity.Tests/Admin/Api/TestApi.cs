using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Identity.Admin.Api;
using Identity.Domain.Administration;
using Identity.Protocols.Jose;
using Identity.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Tests.Admin.Api;

/// <summary>The management API with service accounts that get their tokens as real ones do: client_credentials with private_key_jwt.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    public const string Root = "/api/v1";
    public const string Item = $"{Root}/configuration/items/client/rp";
    public static readonly string[] EveryScope = [.. ApiScopes.All];

    private readonly PrivateSigningKey _key = PrivateSigningKey.Create(JwsAlgorithms.Es256);
    // A busy machine must not send a body that it was about to be told to keep.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) });

    private TestApi(TestAdmin admin) => Admin = admin;

    public TestAdmin Admin { get; }

    public static async Task<TestApi> StartAsync(Engine engine, FixedClock? clock = null) => new(await TestAdmin.StartAsync(engine, clock));

    /// <summary>A service account with this role and these scopes, and its access token.</summary>
    public async Task<string> NewAccountAsync(string id, AdminRole? role, Guid? unit = null, params string[] scopes)
    {
        await Admin.Provider.ImportAsync(Client(id, scopes.Length == 0 ? EveryScope : scopes));
        await Admin.RereadAsync();
        if (role is { } given)
            Assert.Null(await Admin.WithAsync(async (RoleBook roles) => await roles.GiveAsync(new RoleGift(given, "test") { ClientId = id, UnitId = unit }, "test", CancellationToken.None)));
        return await TokenAsync(id);
    }

    public async Task<string> TokenAsync(string id)
    {
        using var reply = await Admin.Provider.Http.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = id,
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = Assertion(id),
        }));
        var json = (await reply.Content.ReadFromJsonAsync<JsonObject>())!;
        return json["access_token"]?.GetValue<string>() ?? throw new InvalidOperationException(json.ToJsonString());
    }

    public async Task<ApiReply> SendAsync(HttpMethod method, string path, string? token, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, Admin.Address + path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null) request.Content = new StringContent(body as string ?? (body as JsonNode)?.ToJsonString() ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var reply = await _http.SendAsync(request);
        return await ApiReply.ReadAsync(reply);
    }

    public Task<ApiReply> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token);

    public Task<ApiReply> PostAsync(string path, string? token, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, token, body, headers);

    /// <summary>A token that our own key signed, with whatever claims.</summary>
    public string Sign(JsonObject claims, string type = "at+jwt") =>
        Admin.Provider.Services.GetRequiredService<Domain.Keys.SigningKeyRing>().Current(JwsAlgorithms.Es256).Sign(type, Encoding.UTF8.GetBytes(claims.ToJsonString()));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _key.Dispose();
        await Admin.DisposeAsync();
    }

    private string Assertion(string id)
    {
        var now = (Admin.Clock?.GetUtcNow() ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds();
        return _key.Sign("JWT", Encoding.UTF8.GetBytes($$"""{"iss":"{{id}}","sub":"{{id}}","aud":"{{Admin.Provider.Issuer}}","iat":{{now}},"exp":{{now + 60}},"jti":"{{Guid.NewGuid():N}}"}"""));
    }

    private string Client(string id, string[] scopes) => new JsonObject
    {
        ["clients"] = new JsonArray(new JsonObject
        {
            ["client_id"] = id, ["client_name"] = Words("Tài khoản máy", "Service account"), ["agency"] = Words("Sở Mẫu", "Sample department"),
            ["application_type"] = "machine", ["token_endpoint_auth_method"] = "private_key_jwt", ["jwks"] = JsonNode.Parse(new JsonWebKeySet([_key.PublicKey]).ToUtf8Bytes()),
            ["grant_types"] = new JsonArray("client_credentials"), ["scopes"] = List(scopes), ["approved_scopes"] = List(scopes),
            ["resources"] = new JsonArray("urn:identity:management-api"), ["data_release"] = "none",
        }),
    }.ToJsonString();

    private static JsonArray List(string[] texts) => new([.. texts.Select(t => (JsonNode)t)]);

    private static JsonObject Words(string vi, string en) => new() { ["vi"] = vi, ["en"] = en };
}

internal sealed record ApiReply(int Status, string Body, string? MediaType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();
    public string? ETag => Headers.GetValueOrDefault("ETag");

    /// <summary>The word that programs go by, without the prefix of all of them.</summary>
    public string? Problem => MediaType == "application/problem+json" ? Json["type"]!.GetValue<string>().Split(':')[^1] : null;

    public static async Task<ApiReply> ReadAsync(HttpResponseMessage reply) => new((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(), reply.Content.Headers.ContentType?.MediaType,
        reply.Headers.Concat(reply.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
}
