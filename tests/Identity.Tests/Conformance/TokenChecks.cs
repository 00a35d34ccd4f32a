using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Identity.Tests.Harness;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Identity.Tests.Conformance;

/// <summary>A token response with an ID token that passed every check.</summary>
public sealed record ConformanceTokens(TestReply Reply, JsonWebToken IdToken)
{
    public string Subject => IdToken.Subject;
    public long AuthTime => IdToken.GetPayloadValue<long>("auth_time");
}

/// <summary>RFC 6749 §5.1 and OpenID Connect Core §3.1.3.7, as a relying party would check them.</summary>
internal static class TokenChecks
{
    // Beyond these a client that asked for openid alone would learn something it did not ask for.
    private static readonly string[] ProtocolClaims = ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "azp", "at_hash", "sid", "jti"];

    public static async Task<ConformanceTokens> JudgeAsync(TestProvider provider, string clientId, TestReply reply, string? nonce)
    {
        Assert.True(reply.Status == 200, reply.Body);
        Assert.Equal("application/json", reply.ContentType);
        Assert.Equal("no-store", reply.Headers.CacheControl?.ToString());
        Assert.Equal("Bearer", reply.Json.GetProperty("token_type").GetString(), ignoreCase: true);
        Assert.InRange(reply.Json.GetProperty("expires_in").GetInt32(), 1, 3_600);
        Assert.All(reply.AccessToken, IsVisible);

        var idToken = await JudgeIdTokenAsync(provider, clientId, reply.IdToken, reply.AccessToken);
        Assert.Equal(nonce, idToken.TryGetPayloadValue<string>("nonce", out var echoed) ? echoed : null);
        if (reply.Json.GetProperty("scope").GetString() is "openid" or "openid offline_access")
            Assert.DoesNotContain(idToken.Claims, c => !ProtocolClaims.Contains(c.Type));
        return new(reply, idToken);
    }

    /// <summary>RFC 6749 appendix A: a token is made of visible characters.</summary>
    public static void IsVisible(char character) => Assert.InRange(character, '\x20', '\x7e');

    private static async Task<JsonWebToken> JudgeIdTokenAsync(TestProvider provider, string clientId, string token, string accessToken)
    {
        var judged = await TestToken.ValidateAsync(provider, token, clientId, "RS256");
        Assert.True(judged.IsValid, judged.Exception?.Message);
        var idToken = TestReply.Read(token);
        Assert.Equal("RS256", idToken.Alg);
        await KeyResolvesAsync(provider, idToken.Kid);
        Assert.Equal(provider.Issuer, idToken.Issuer);
        Assert.Equal((string[])[clientId], idToken.Audiences);
        Assert.True(!idToken.TryGetPayloadValue<string>("azp", out var party) || party == clientId);
        Assert.InRange(idToken.Subject.Length, 1, 255);
        Assert.All(idToken.Subject, c => Assert.True(char.IsAscii(c)));

        var now = provider.Clock?.GetUtcNow() ?? DateTimeOffset.UtcNow;
        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(idToken.GetPayloadValue<long>("iat"));
        Assert.InRange(issuedAt, now.AddMinutes(-5), now.AddSeconds(5));
        Assert.True(idToken.ValidTo > issuedAt.UtcDateTime);
        Assert.InRange(idToken.GetPayloadValue<long>("auth_time"), 1, issuedAt.ToUnixTimeSeconds());
        Assert.Equal(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16)), idToken.GetPayloadValue<string>("at_hash"));
        return idToken;
    }

    private static async Task KeyResolvesAsync(TestProvider provider, string kid)
    {
        using var keys = JsonDocument.Parse(await provider.Http.GetStringAsync("/.well-known/openid-configuration/jwks"));
        var key = Assert.Single(keys.RootElement.GetProperty("keys").EnumerateArray(), k => k.GetProperty("kid").GetString() == kid);
        Assert.Equal("RSA", key.GetProperty("kty").GetString());
    }
}
