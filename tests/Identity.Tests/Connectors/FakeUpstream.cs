using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Tests.Connectors;

/// <summary>
/// An OpenID provider made from foreign parts, over real HTTP. It behaves, until a test changes one of its answers.
/// </summary>
internal sealed class FakeUpstream : IAsyncDisposable
{
    public const string ClientId = "tinh-an-binh";
    public const string ClientSecret = "bí mật: +%/";
    public const string Subject = "upstream-subject-1";

    private readonly WebApplication _app;
    private readonly Dictionary<string, JsonObject> _codes = [];
    private ECDsaSecurityKey _key = NewKey("2026-10");

    private FakeUpstream(WebApplication app) => _app = app;

    public TestClock Clock { get; } = new();
    public string Issuer => _app.Urls.First();
    public JsonObject Userinfo { get; } = new() { ["sub"] = Subject };
    public Action<JsonObject> ChangeIdToken { get; set; } = _ => { };
    public Action<JsonObject> ChangeMetadata { get; set; } = _ => { };
    public Action<JsonObject> ChangeTokenAnswer { get; set; } = _ => { };
    public Func<string, string> ChangeRawIdToken { get; set; } = token => token;

    /// <summary>By path: an answer in the place of the good one.</summary>
    public Dictionary<string, RequestDelegate> Instead { get; } = [];

    public List<string> Requests { get; } = [];
    public string? LastAuthorization { get; private set; }
    public Dictionary<string, string> LastTokenForm { get; private set; } = [];

    public static async Task<FakeUpstream> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var upstream = new FakeUpstream(builder.Build());
        upstream.Map();
        await upstream._app.StartAsync();
        return upstream;
    }

    /// <summary>What a browser brings back when the person at the other end agrees.</summary>
    public string Approve(Uri address)
    {
        var asked = QueryHelpers.ParseQuery(address.Query).ToDictionary(p => p.Key, p => p.Value.ToString());
        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        var now = Clock.GetUtcNow().ToUnixTimeSeconds();
        _codes[code] = new JsonObject
        {
            ["iss"] = Issuer, ["sub"] = Subject, ["aud"] = asked["client_id"], ["nonce"] = asked["nonce"],
            ["iat"] = now, ["exp"] = now + 300, ["auth_time"] = now - 5,
            ["\0challenge"] = asked.GetValueOrDefault("code_challenge"), ["\0redirect"] = asked["redirect_uri"],
        };
        return $"?code={code}&state={asked["state"]}&iss={Uri.EscapeDataString(Issuer)}";
    }

    public void Rotate() => _key = NewKey("2026-11");

    /// <summary>A new key under the old name.</summary>
    public void ReplaceKeySilently() => _key = NewKey(_key.KeyId);

    public string Sign(string payload, string? keyId = null)
    {
        var key = keyId is null ? _key : new ECDsaSecurityKey(_key.ECDsa) { KeyId = keyId };
        return new JsonWebTokenHandler().CreateToken(payload, new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Map()
    {
        _app.Use(async (context, next) =>
        {
            var path = context.Request.Path.Value!;
            lock (Requests) Requests.Add(path);
            if (Instead.TryGetValue(path, out var answer)) await answer(context);
            else await next(context);
        });
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(Metadata()));
        _app.MapGet("/jwks", () => Results.Json(new { keys = new[] { PublicKey() } }));
        _app.MapPost("/token", TokenAsync);
        _app.MapGet("/userinfo", (HttpRequest request) =>
            request.Headers.Authorization == "Bearer good-access-token" ? Results.Json(Userinfo) : Results.StatusCode(401));
    }

    private JsonObject Metadata()
    {
        var metadata = new JsonObject { ["issuer"] = Issuer, ["authorization_response_iss_parameter_supported"] = true };
        foreach (var (name, path) in new[] { ("authorization_endpoint", "authorize?tenant=1"), ("token_endpoint", "token"),
            ("userinfo_endpoint", "userinfo"), ("jwks_uri", "jwks"), ("end_session_endpoint", "logout") })
            metadata[name] = $"{Issuer}/{path}";
        ChangeMetadata(metadata);
        return metadata;
    }

    private object PublicKey()
    {
        var p = _key.ECDsa.ExportParameters(false);
        return new
        {
            kty = "EC", crv = "P-256", kid = _key.KeyId, use = "sig",
            x = Base64UrlEncoder.Encode(p.Q.X), y = Base64UrlEncoder.Encode(p.Q.Y),
        };
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        LastTokenForm = (await request.ReadFormAsync()).ToDictionary(p => p.Key, p => p.Value.ToString());
        LastAuthorization = request.Headers.Authorization;
        if (!IsClient()) return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        if (!_codes.Remove(LastTokenForm["code"], out var claims) || !IsBound(claims))
            return Results.Json(new { error = "invalid_grant", error_description = "Nguyễn Văn Mẫu" }, statusCode: 400);
        claims["at_hash"] = Base64UrlEncoder.Encode(SHA256.HashData("good-access-token"u8)[..16]);
        ChangeIdToken(claims);
        var answer = new JsonObject
        {
            ["access_token"] = "good-access-token", ["token_type"] = "bearer", ["expires_in"] = 300,
            ["id_token"] = ChangeRawIdToken(Sign(claims.ToJsonString())),
        };
        ChangeTokenAnswer(answer);
        return Results.Json(answer);
    }

    private bool IsClient()
    {
        if (LastTokenForm.TryGetValue("client_secret", out var posted))
            return posted == ClientSecret && LastTokenForm["client_id"] == ClientId && string.IsNullOrEmpty(LastAuthorization);
        if (LastAuthorization?.StartsWith("Basic ", StringComparison.Ordinal) != true) return false;
        var pair = Encoding.ASCII.GetString(Convert.FromBase64String(LastAuthorization[6..])).Split(':');
        return pair.Length == 2 && System.Net.WebUtility.UrlDecode(pair[0]) == ClientId && System.Net.WebUtility.UrlDecode(pair[1]) == ClientSecret;
    }

    private bool IsBound(JsonObject claims)
    {
        var (challenge, redirect) = (claims["\0challenge"]?.GetValue<string>(), claims["\0redirect"]!.GetValue<string>());
        claims.Remove("\0challenge");
        claims.Remove("\0redirect");
        var verifier = LastTokenForm.GetValueOrDefault("code_verifier");
        var proved = verifier is null ? null : Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return proved == challenge && redirect == LastTokenForm["redirect_uri"];
    }

    private static ECDsaSecurityKey NewKey(string name) => new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = name };
}

internal sealed class TestClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
