using System.Text.Json;

namespace Identity.Protocols.Jose;

/// <summary>The three parts of a compact JWS, cut without copying: a text of a million dots costs a search, not an array.</summary>
internal readonly ref struct CompactParts(ReadOnlySpan<char> text, int firstDot, int secondDot)
{
    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>RFC 7515 §5.1: what the signature covers, dot included.</summary>
    public ReadOnlySpan<char> Signed => _text[..secondDot];

    public ReadOnlySpan<char> Signature => _text[(secondDot + 1)..];

    public static bool TrySplit(ReadOnlySpan<char> text, out CompactParts parts)
    {
        parts = default;
        var first = text.IndexOf('.');
        var second = first < 0 ? -1 : first + 1 + text[(first + 1)..].IndexOf('.');
        if (second <= first) return false;
        parts = new CompactParts(text, first, second);
        return !parts.Signature.Contains('.')
            && StrictBase64Url.IsCanonical(text[..first]) && StrictBase64Url.IsCanonical(text[(first + 1)..second]);
    }

    public bool TryReadHeader(out JsonElement header) => TryReadObject(_text[..firstDot], out header);

    public bool TryReadPayload(out JsonElement payload) => TryReadObject(_text[(firstDot + 1)..secondDot], out payload);

    private static bool TryReadObject(ReadOnlySpan<char> part, out JsonElement value)
    {
        value = default;
        return StrictBase64Url.TryDecode(part, out var utf8) && StrictJson.TryReadObject(utf8, out value);
    }
}
