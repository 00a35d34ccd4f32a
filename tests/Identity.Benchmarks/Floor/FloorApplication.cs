using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Identity.Benchmarks.Stage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Identity.Benchmarks.Floor;

/// <summary>
/// The least that can be called a token endpoint: reads the form, compares a digest of the secret, builds one JWT and signs it with
/// the platform's ECDSA. Only the base library, no middleware, no store. Its discovery document is 1 kB of prepared bytes.
/// </summary>
internal static class FloorApplication
{
    private const int DocumentLength = 1_024;
    private const int PasswordIterations = 210_000;    // as the server's own accounts
    private static readonly byte[] SecretDigest = SHA256.HashData(Encoding.UTF8.GetBytes(BenchmarkClients.Machine.Secret));

    public static WebApplication Build(string address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSetting("urls", address);
        builder.Services.AddRoutingCore();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.UseRouting();
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var document = Document(address);
        app.MapGet("/.well-known/openid-configuration", (RequestDelegate)(http => WriteAsync(http, document)));
        app.MapPost("/token", (RequestDelegate)(http => TokenAsync(http, key, address)));
        app.MapGet("/password", (RequestDelegate)PasswordAsync);
        return app;
    }

    private static async Task TokenAsync(HttpContext http, ECDsa key, string issuer)
    {
        var form = await http.Request.ReadFormAsync();
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(form["client_secret"].ToString())), SecretDigest))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var payload = JsonSerializer.SerializeToUtf8Bytes(new
        {
            iss = issuer, sub = form["client_id"].ToString(), aud = "https://bench.example", scope = form["scope"].ToString(), iat = now, exp = now + 300,
            jti = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
        });
        await WriteAsync(http, JsonSerializer.SerializeToUtf8Bytes(new { access_token = Sign(key, payload), token_type = "Bearer", expires_in = 300 }));
    }

    private static string Sign(ECDsa key, byte[] payload)
    {
        var signed = $"{Header}.{Base64Url.EncodeToString(payload)}";
        // One instance for all: the platform serialises nothing here, and a pool would only cost.
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"ES256","typ":"at+jwt","kid":"floor"}"""u8);

    /// <summary>The hash and nothing else: what a password costs before a server has done anything.</summary>
    private static Task PasswordAsync(HttpContext http) =>
        WriteAsync(http, Rfc2898DeriveBytes.Pbkdf2("bench-password-long-enough-0", new byte[16], PasswordIterations, HashAlgorithmName.SHA512, 32));

    private static async Task WriteAsync(HttpContext http, byte[] body)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body);
    }

    private static byte[] Document(string address)
    {
        string Json(string filling) => JsonSerializer.Serialize(new
        {
            issuer = address, token_endpoint = $"{address}/token", jwks_uri = $"{address}/.well-known/openid-configuration", filling,
        });
        return Encoding.UTF8.GetBytes(Json(new string('x', Math.Max(0, DocumentLength - Json("").Length))));
    }
}
