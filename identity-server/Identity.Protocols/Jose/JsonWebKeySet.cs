using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Identity.Protocols.Jose;

/// <summary>RFC 7517 §5. Reading skips keys that are of no use here, so that a provider may publish newer kinds beside them.</summary>
public sealed class JsonWebKeySet(IReadOnlyList<JsonWebKey> keys)
{
    public const int MaximumBytes = 256 * 1024;
    public const int MaximumKeys = 100;

    public static JsonWebKeySet Empty { get; } = new([]);

    public IReadOnlyList<JsonWebKey> Keys { get; } = keys;

    /// <summary>Null when the text is no key set at all, or larger than anybody needs.</summary>
    public static JsonWebKeySet? Parse(ReadOnlySpan<byte> utf8) =>
        utf8.Length <= MaximumBytes && StrictJson.TryReadObject(utf8, out var set) ? Read(set) : null;

    public static JsonWebKeySet? Parse(string json) =>
        json.Length <= MaximumBytes ? Parse(Encoding.UTF8.GetBytes(json)) : null;

    /// <summary>For a key set that is a member of something else, such as a client's registration.</summary>
    public static JsonWebKeySet? Read(JsonElement set)
    {
        if (set.ValueKind != JsonValueKind.Object || !set.TryGetProperty("keys", out var keys)) return null;
        if (keys.ValueKind != JsonValueKind.Array || keys.GetArrayLength() > MaximumKeys) return null;
        return new JsonWebKeySet([.. keys.EnumerateArray().Select(JsonWebKeyReader.Read).OfType<JsonWebKey>()]);
    }

    public byte[] ToUtf8Bytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("keys");
            foreach (var key in Keys) key.WriteTo(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
