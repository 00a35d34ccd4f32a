using System.Text.Json;
using Identity.Protocols.Jose;

namespace Identity.Domain.Clients;

/// <summary>A public key in a client's own document. Those behind an address are the application's, and change there.</summary>
public sealed record ClientKey(JsonElement Jwk)
{
    public string? KeyId => Jwk.TryGetProperty("kid", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    /// <summary>RFC 7638: the same key has the same name under whatever id. Null for a kind that verifies nothing here.</summary>
    public string? Thumbprint => JsonWebKey.TryRead(Jwk, out var key) ? key.Thumbprint : null;

    public static IReadOnlyList<ClientKey> Of(Client client) => client.Jwks is { } set ? Of(set) : [];

    public static IReadOnlyList<ClientKey> Of(JsonElement set) =>
        set.ValueKind == JsonValueKind.Object && set.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? [.. keys.EnumerateArray().Where(k => k.ValueKind == JsonValueKind.Object).Select(k => new ClientKey(k))] : [];

    /// <summary>Whoever holds the key of the one is the other as well (M21). Of keys behind addresses only the address can be compared.</summary>
    public static bool IsShared(Client one, Client other) =>
        (one.JwksUri is { } address && string.Equals(address, other.JwksUri, StringComparison.OrdinalIgnoreCase))
        || Of(one).Select(k => k.Thumbprint).OfType<string>().Intersect(Of(other).Select(k => k.Thumbprint), StringComparer.Ordinal).Any();

    public override string ToString() => $"ClientKey({KeyId})";
}
