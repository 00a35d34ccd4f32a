using System.Buffers.Text;
using System.Text.Json;
using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>A client's inline key set (RFC 7517): public keys of the kinds we verify, and nothing private.</summary>
internal static class JwksRules
{
    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    public static IEnumerable<LocalizedText> ProblemsOf(JsonElement jwks)
    {
        if (!jwks.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array || keys.GetArrayLength() == 0)
            return [KeySetFaults.MustBeKeySet];
        var problems = keys.EnumerateArray().Select((key, i) => ProblemOf(key) is { } problem ? KeySetFaults.OfKey(i, problem) : null).OfType<LocalizedText>();
        var ids = keys.EnumerateArray().Where(k => k.ValueKind == JsonValueKind.Object).Select(k => TextOf(k, "kid")).ToList();
        return ids.Count > 1 && (ids.Contains(null) || ids.Distinct().Count() < ids.Count)
            ? problems.Append(KeySetFaults.KidsMustDiffer) : problems;
    }

    private static LocalizedText? ProblemOf(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object) return KeySetFaults.MustBeObject;
        if (Array.Find(PrivateMembers, m => key.TryGetProperty(m, out _)) is { } secret) return KeySetFaults.HoldsPrivate(secret);
        if (TextOf(key, "use") is { } use && use != "sig") return KeySetFaults.UseIsNotSig;
        return (TextOf(key, "kty"), TextOf(key, "crv")) switch
        {
            ("EC", "P-256") => HasBytes(key, "x", 32, 32) && HasBytes(key, "y", 32, 32) ? null : KeySetFaults.NeedsPoint,
            ("OKP", "Ed25519") => HasBytes(key, "x", 32, 32) ? null : KeySetFaults.NeedsX,
            ("RSA", _) => HasBytes(key, "n", 256, 1024) && HasBytes(key, "e", 3, 8) ? null : KeySetFaults.NeedsModulus,
            _ => KeySetFaults.KindIsUnknown,
        };
    }

    private static bool HasBytes(JsonElement key, string member, int least, int most) =>
        TextOf(key, member) is { } text && Base64Url.IsValid(text, out var length) && length >= least && length <= most;

    private static string? TextOf(JsonElement key, string member) =>
        key.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
