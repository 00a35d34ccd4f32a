using System.Security.Cryptography;
using Identity.Protocols.Jose;

namespace Identity.Domain.Keys;

/// <summary>An immutable picture of the key table; replaced whole when the table changes.</summary>
public sealed class PublishedKeys
{
    public static readonly PublishedKeys Empty = new([]);

    public PublishedKeys(IReadOnlyList<TimedKey> newestFirst)
    {
        NewestFirst = newestFirst;
        Keys = [.. newestFirst.Select(k => k.Key.PublicKey)];
        Document = new JsonWebKeySet(Keys).ToUtf8Bytes();
        ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Document))[..32]}\"";
    }

    public IReadOnlyList<TimedKey> NewestFirst { get; }
    public IReadOnlyList<JsonWebKey> Keys { get; }
    public byte[] Document { get; }
    public string ETag { get; }
}

public sealed record TimedKey(PrivateSigningKey Key, DateTimeOffset ActivatesAt);
