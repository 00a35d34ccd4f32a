using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Identity.Protocols.Jose;

namespace Identity.Domain.Clients;

/// <summary>A public key in a client's own document. Those behind an address are the application's, and change there.</summary>
public sealed record ClientKey(JsonElement Jwk)
{
    public string? KeyId => Jwk.TryGetProperty("kid", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    /// <summary>RFC 7638: the same key has the same name under whatever id. Null for a kind that verifies nothing here.</summary>
    public string? Thumbprint => JsonWebKey.TryRead(Jwk, out var key) ? key.Thumbprint : null;

    /// <summary>Tells it from the others of its set, whatever kind it is of.</summary>
    public string Mark => Thumbprint ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Jwk.GetRawText())));

    /// <summary>What the key says of itself (<c>exp</c>, seconds since 1970): from then on it proves nothing.</summary>
    public DateTimeOffset? EndsAt => Jwk.TryGetProperty("exp", out var exp) && exp.ValueKind == JsonValueKind.Number && exp.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
        ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    public bool IsValidAt(DateTimeOffset now) => EndsAt is not { } end || now < end;

    public ClientKey EndingAt(DateTimeOffset end) => With("exp", end.ToUnixTimeSeconds());

    public static IReadOnlyList<ClientKey> Of(Client client) => client.Jwks is { } set ? Of(set) : [];

    public static IReadOnlyList<ClientKey> Of(JsonElement set) =>
        set.ValueKind == JsonValueKind.Object && set.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? [.. keys.EnumerateArray().Where(k => k.ValueKind == JsonValueKind.Object).Select(k => new ClientKey(k))] : [];

    /// <summary>Of several keys each needs an id of its own: one without gets its thumbprint for it. Whoever signs without an id goes on doing so.</summary>
    public static JsonElement SetOf(IEnumerable<ClientKey> keys) =>
        JsonSerializer.SerializeToElement(new { keys = keys.Select(k => k is { KeyId: null, Thumbprint: { } name } ? k.With("kid", name).Jwk : k.Jwk).ToArray() });

    /// <summary>Whoever holds the key of the one is the other as well (M26). Of keys behind addresses only the address can be compared.</summary>
    public static bool IsShared(Client one, Client other) =>
        (one.JwksUri is { } address && string.Equals(address, other.JwksUri, StringComparison.OrdinalIgnoreCase))
        || Of(one).Select(k => k.Thumbprint).OfType<string>().Intersect(Of(other).Select(k => k.Thumbprint), StringComparer.Ordinal).Any();

    private ClientKey With(string member, JsonNode value)
    {
        var changed = JsonObject.Create(Jwk)!;
        changed[member] = value;
        return new(JsonSerializer.SerializeToElement(changed));
    }

    public override string ToString() => $"ClientKey({KeyId})";
}
