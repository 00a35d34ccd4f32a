using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Sandbox.Applications;

internal sealed record Expected(string? Nonce, string AccessToken, TimeSpan? MaxAge, string? Subject = null)
{
    public override string ToString() => nameof(Expected);
}

/// <summary>OpenID Connect Core 1.0 §3.1.3.7, the part that a generic token reader cannot know.</summary>
internal sealed class IdTokenCheck(SampleApplication application, TokenJudge judge, TimeProvider clock)
{
    static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    public async Task<Outcome<JsonWebToken>> ReadAsync(string token, Expected expected, CancellationToken ct)
    {
        var outcome = await judge.ReadAsync(token, ["JWT"], ct);
        if (outcome.Failed(out _, out var read)) return outcome;
        return Wrong(read, expected) is { } claim ? new Problem("invalid_token", $"ID token có {claim} không đúng.") : read;
    }

    string? Wrong(JsonWebToken token, Expected expected)
    {
        var now = clock.GetUtcNow();
        if (string.IsNullOrEmpty(token.Subject) || (expected.Subject ?? token.Subject) != token.Subject) return "sub";
        if (token.Audiences.Count() > 1 && token.Azp != application.Client.ClientId) return "azp";
        if (!string.IsNullOrEmpty(token.Azp) && token.Azp != application.Client.ClientId) return "azp";
        if (token.IssuedAt == default || token.IssuedAt > (now + Skew).UtcDateTime) return "iat";
        if (expected.Nonce is not null && Claim(token, "nonce") != expected.Nonce) return "nonce";
        if (Claim(token, "at_hash") is { } hash && hash != Half(token.Alg, expected.AccessToken)) return "at_hash";
        if (expected.MaxAge is { } age && !IsFresh(token, now - age - Skew)) return "auth_time";
        return null;
    }

    static bool IsFresh(JsonWebToken token, DateTimeOffset oldest) =>
        token.TryGetPayloadValue<long>("auth_time", out var seconds) && DateTimeOffset.FromUnixTimeSeconds(seconds) >= oldest;

    static string? Claim(JsonWebToken token, string name) => token.TryGetPayloadValue<string>(name, out var value) ? value : null;

    static string Half(string algorithm, string accessToken)
    {
        var bytes = Encoding.ASCII.GetBytes(accessToken);
        var hash = algorithm[^3..] switch { "384" => SHA384.HashData(bytes), "512" => SHA512.HashData(bytes), _ => SHA256.HashData(bytes) };
        return Base64UrlEncoder.Encode(hash[..(hash.Length / 2)]);
    }
}
