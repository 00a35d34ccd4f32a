using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Tests.Sandbox;

/// <summary>A server that signs whatever a test asks for, so that one thing can be wrong at a time.</summary>
internal sealed class LogoutIssuer : IAsyncDisposable
{
    public const string Event = "http://schemas.openid.net/event/backchannel-logout";
    readonly RSA rsa = RSA.Create(2048);
    readonly WebApplication application;
    string nonce = "";

    LogoutIssuer(string url)
    {
        Url = url;
        var builder = WebApplication.CreateSlimBuilder();
        application = builder.Build();
        application.Urls.Add(url);
        application.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>
        {
            ["issuer"] = url, ["authorization_endpoint"] = $"{url}/authorize", ["token_endpoint"] = $"{url}/token",
            ["userinfo_endpoint"] = $"{url}/userinfo", ["jwks_uri"] = $"{url}/jwks", ["authorization_response_iss_parameter_supported"] = true,
        });
        application.MapGet("/jwks", Jwks);
        application.MapGet("/userinfo", () => new { sub = "p-1", name = "Bình" });
        application.MapPost("/token", () => new
        {
            access_token = "at", token_type = "Bearer", refresh_token = "rt",
            id_token = Sign(new() { ["sub"] = "p-1", ["sid"] = "s-1", ["nonce"] = nonce }),
        });
    }

    public string Url { get; }

    public static async Task<LogoutIssuer> StartAsync()
    {
        var issuer = new LogoutIssuer(RunningSandbox.FreeUrls(1)[0]);
        await issuer.application.StartAsync();
        return issuer;
    }

    public static Dictionary<string, object> GoodLogout() => new()
    {
        ["sub"] = "p-1", ["sid"] = "s-1", ["jti"] = Guid.NewGuid().ToString(),
        ["events"] = new Dictionary<string, object> { [Event] = new Dictionary<string, object>() },
    };

    public string Sign(Dictionary<string, object> claims, string audience = "portal", string? issuer = null, TimeSpan age = default, RSA? key = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Url, Audience = audience, Claims = claims,
            IssuedAt = DateTime.UtcNow - age, Expires = DateTime.UtcNow - age + TimeSpan.FromMinutes(2),
            SigningCredentials = new(new RsaSecurityKey(key ?? rsa) { KeyId = "k-1" }, "RS256"),
        });

    /// <summary>The browser's part: begin, remember the nonce, come back with a code and the issuer's name.</summary>
    public async Task<HttpResponseMessage> SignInAsync(RunningSandbox sandbox, bool nameIssuer = true)
    {
        using var start = await sandbox.Browser.GetAsync($"{sandbox.Options.PortalUrl}/signin");
        var asked = QueryHelpers.ParseQuery(start.Headers.Location!.Query);
        nonce = asked["nonce"]!;
        var answer = RunningSandbox.Form([("code", "c-1"), ("state", asked["state"]!), .. nameIssuer ? new[] { ("iss", Url) } : []]);
        return await sandbox.Browser.PostAsync($"{sandbox.Options.PortalUrl}/callback", answer);
    }

    public static async Task<bool> IsSignedInAsync(RunningSandbox sandbox) =>
        (await sandbox.Browser.GetFromJsonAsync<JsonElement>($"{sandbox.Options.PortalUrl}/_sandbox/state")).GetProperty("signedIn").GetBoolean();

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        rsa.Dispose();
    }

    IResult Jwks()
    {
        var key = rsa.ExportParameters(false);
        return Results.Json(new { keys = new[] { new { kty = "RSA", kid = "k-1", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } } });
    }
}
