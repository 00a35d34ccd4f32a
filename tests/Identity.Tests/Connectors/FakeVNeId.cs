using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Tests.Connectors;

/// <summary>An upstream of the VNeID shape, over real HTTP. It behaves, until a test changes one of its answers.</summary>
internal sealed class FakeVNeId : IAsyncDisposable
{
    /// <summary>One key for all: a key is slow to find.</summary>
    public static readonly string PrivateKey = NewKey();

    private readonly WebApplication _app;
    private readonly Dictionary<string, (string? Challenge, string Redirect)> _codes = [];

    private FakeVNeId(WebApplication app) => _app = app;

    public TestClock Clock { get; } = new();
    public string Issuer => _app.Urls.First();
    public JsonObject Person { get; } = new()
    {
        ["citizenPid"] = "096000000000", ["fullName"] = "Nguyễn Văn Mẫu", ["birthDate"] = "31/01/1900", ["accountType"] = "1", ["accountLevel"] = "02",
    };

    public bool IsEcb { get; set; }
    public bool IsOaep { get; set; }
    public bool CodeIsPlain { get; set; }
    public bool BodiesArePlain { get; set; }

    /// <summary>What is sealed as a code; null for the code itself.</summary>
    public string? InsteadOfCode { get; set; }
    public Action<JsonObject> ChangeTokenAnswer { get; set; } = _ => { };

    /// <summary>Of every sealed pair, codes and bodies alike.</summary>
    public Func<(byte[] Data, byte[] Key), (byte[] Data, byte[] Key)> ChangeSealed { get; set; } = pair => pair;

    /// <summary>By path: an answer in the place of the good one.</summary>
    public Dictionary<string, RequestDelegate> Instead { get; } = [];
    public List<string> Requests { get; } = [];
    public string? LastAuthorization { get; private set; }
    public Dictionary<string, string> LastTokenForm { get; private set; } = [];

    public static async Task<FakeVNeId> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var upstream = new FakeVNeId(builder.Build());
        upstream.Map();
        await upstream._app.StartAsync();
        return upstream;
    }

    /// <summary>What a browser brings back when the person at the other end agrees: Base64 as it is, plus signs and all.</summary>
    public string Approve(Uri address)
    {
        var asked = QueryHelpers.ParseQuery(address.Query).ToDictionary(p => p.Key, p => p.Value.ToString());
        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _codes[code] = (asked.GetValueOrDefault("code_challenge"), asked["redirect_uri"]);
        if (CodeIsPlain) return $"?code={code}&state={asked["state"]}";
        var (data, key) = Seal(Encoding.UTF8.GetBytes(InsteadOfCode ?? code));
        return $"?code={data}&encrypt_key={key}&state={asked["state"]}";
    }

    public (string Data, string Key) Seal(byte[] plain)
    {
        using var aes = Aes.Create();
        using var rsa = RSA.Create();
        rsa.ImportFromPem(PrivateKey);
        var data = IsEcb ? aes.EncryptEcb(plain, PaddingMode.PKCS7) : [.. aes.IV, .. aes.EncryptCbc(plain, aes.IV)];
        var (changed, key) = ChangeSealed((data, rsa.Encrypt(aes.Key, IsOaep ? RSAEncryptionPadding.OaepSHA256 : RSAEncryptionPadding.Pkcs1)));
        return (Convert.ToBase64String(changed), Convert.ToBase64String(key));
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
        _app.MapPost("/token", TokenAsync);
        _app.MapGet("/userinfo", (HttpRequest request) =>
            request.Headers.Authorization == "Bearer good-access-token" ? Envelope(Person) : Results.StatusCode(401));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        if (!request.HasFormContentType) return Results.StatusCode(415);
        LastTokenForm = (await request.ReadFormAsync()).ToDictionary(p => p.Key, p => p.Value.ToString());
        LastAuthorization = request.Headers.Authorization;
        if (!_codes.Remove(LastTokenForm["code"], out var bound) || bound.Redirect != LastTokenForm["redirect_uri"] || !Proves(bound.Challenge))
            return Results.Json(new { error = "invalid_grant", error_description = "Nguyễn Văn Mẫu" }, statusCode: 400);
        var answer = new JsonObject { ["access_token"] = "good-access-token", ["token_type"] = "Bearer", ["expires_in"] = 300 };
        ChangeTokenAnswer(answer);
        return Envelope(answer);
    }

    private IResult Envelope(JsonObject answer)
    {
        if (BodiesArePlain) return Results.Json(answer);
        var (data, key) = Seal(Encoding.UTF8.GetBytes(answer.ToJsonString()));
        return Results.Json(new { data, key });
    }

    private bool Proves(string? challenge)
    {
        var verifier = LastTokenForm.GetValueOrDefault("code_verifier");
        return challenge == (verifier is null ? null : Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
    }

    private static string NewKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
