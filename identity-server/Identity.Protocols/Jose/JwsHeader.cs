using System.Text.Json;

namespace Identity.Protocols.Jose;

/// <summary>
/// The header members that this product acts on. Keys carried or pointed at by the header (jwk, jku, x5u, x5c) are not among
/// them: whoever writes the header would choose the key that judges it.
/// </summary>
internal readonly record struct JwsHeader(SignatureAlgorithm Algorithm, string Type, string? KeyId)
{
    private const string MediaTypePrefix = "application/";

    public static JwsProblem? TryRead(JsonElement json, IReadOnlyCollection<string> allowed, out JwsHeader header)
    {
        header = default;
        if (json.TryGetProperty("crit", out _) || json.TryGetProperty("b64", out _)) return JwsProblem.CriticalHeader;
        if (!TryText(json, "alg", out var name) || !TryText(json, "typ", out var type) || !TryText(json, "kid", out var keyId))
            return JwsProblem.Malformed;
        if (SignatureAlgorithm.Find(name) is not { } algorithm || !allowed.Contains(algorithm.Name))
            return JwsProblem.AlgorithmRefused;
        header = new JwsHeader(algorithm, WithoutPrefix(type ?? ""), keyId);
        return null;
    }

    private static string WithoutPrefix(string type) =>
        type.StartsWith(MediaTypePrefix, StringComparison.OrdinalIgnoreCase) ? type[MediaTypePrefix.Length..] : type;

    private static bool TryText(JsonElement json, string member, out string? text)
    {
        text = null;
        if (!json.TryGetProperty(member, out var value)) return true;
        if (value.ValueKind != JsonValueKind.String) return false;
        text = value.GetString();
        return true;
    }
}
