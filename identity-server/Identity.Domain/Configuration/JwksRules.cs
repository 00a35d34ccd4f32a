using System.Buffers.Text;
using System.Text.Json;

namespace Identity.Domain.Configuration;

/// <summary>A client's inline key set (RFC 7517): public keys of the kinds we verify, and nothing private.</summary>
internal static class JwksRules
{
    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    public static IEnumerable<string> ProblemsOf(JsonElement jwks)
    {
        if (!jwks.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array || keys.GetArrayLength() == 0)
            return ["must be a JWK Set: { \"keys\": [ … ] } with at least one key"];
        var problems = keys.EnumerateArray().Select((key, i) => ProblemOf(key) is { } problem ? $"keys[{i}] {problem}" : null).OfType<string>();
        var ids = keys.EnumerateArray().Where(k => k.ValueKind == JsonValueKind.Object).Select(k => TextOf(k, "kid")).ToList();
        return ids.Count > 1 && (ids.Contains(null) || ids.Distinct().Count() < ids.Count)
            ? problems.Append("needs a different \"kid\" in each key, since there are several") : problems;
    }

    private static string? ProblemOf(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object) return "must be an object";
        if (Array.Find(PrivateMembers, m => key.TryGetProperty(m, out _)) is { } secret)
            return $"holds the private member \"{secret}\"; register the public key only, and treat this private key as known to others";
        if (TextOf(key, "use") is { } use && use != "sig") return "has a \"use\" other than \"sig\"";
        return (TextOf(key, "kty"), TextOf(key, "crv")) switch
        {
            ("EC", "P-256") => HasBytes(key, "x", 32, 32) && HasBytes(key, "y", 32, 32) ? null : "needs \"x\" and \"y\" of 32 bytes in base64url",
            ("OKP", "Ed25519") => HasBytes(key, "x", 32, 32) ? null : "needs \"x\" of 32 bytes in base64url",
            ("RSA", _) => HasBytes(key, "n", 256, 1024) && HasBytes(key, "e", 3, 8) ? null : "needs \"n\" of at least 2048 bits and \"e\", in base64url",
            _ => "must be of kty EC with crv P-256, OKP with Ed25519, or RSA",
        };
    }

    private static bool HasBytes(JsonElement key, string member, int least, int most) =>
        TextOf(key, member) is { } text && Base64Url.IsValid(text, out var length) && length >= least && length <= most;

    private static string? TextOf(JsonElement key, string member) =>
        key.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
