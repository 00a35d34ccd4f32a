using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Identity.Protocols.Jose;

/// <summary>Reads compact JWS (RFC 7515 §5.2) that somebody else, perhaps an attacker, has written.</summary>
public static class JsonWebSignature
{
    public const int MaximumLength = 64 * 1024;

    /// <summary>
    /// The caller says which keys and which algorithms; the header can only choose among them.
    /// </summary>
    /// <param name="algorithms">Allowed names of <see cref="JwsAlgorithms"/>.</param>
    public static JwsResult Verify(string compact, IReadOnlyList<JsonWebKey> keys, IReadOnlyCollection<string> algorithms)
    {
        if (compact.Length > MaximumLength) return new JwsResult.Refused(JwsProblem.TooLarge);
        if (!CompactParts.TrySplit(compact, out var parts) || !parts.TryReadHeader(out var headerJson))
            return new JwsResult.Refused(JwsProblem.Malformed);
        if (JwsHeader.TryRead(headerJson, algorithms, out var header) is { } problem) return new JwsResult.Refused(problem);
        if (!StrictBase64Url.TryDecode(parts.Signature, out var signature)) return new JwsResult.Refused(JwsProblem.Malformed);
        if (FindProblem(header, keys, parts.Signed, signature) is { } refusal) return new JwsResult.Refused(refusal);
        return parts.TryReadPayload(out var payload)
            ? new JwsResult.Verified(header.Type, header.KeyId, header.Algorithm.Name, payload)
            : new JwsResult.Refused(JwsProblem.Malformed);
    }

    /// <summary>
    /// What a token claims about itself, proved by nothing: for choosing whose keys to verify with, or as a hint. Null when it
    /// is not even well formed.
    /// </summary>
    public static UnverifiedJws? ReadUnverified(string compact) =>
        compact.Length <= MaximumLength && CompactParts.TrySplit(compact, out var parts)
        && parts.TryReadHeader(out var header) && parts.TryReadPayload(out var payload)
            ? new UnverifiedJws(header, payload)
            : null;

    private static JwsProblem? FindProblem(
        JwsHeader header, IReadOnlyList<JsonWebKey> keys, ReadOnlySpan<char> signed, ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(signed, hash);
        var candidates = 0;
        foreach (var key in keys)
        {
            if (!key.Fits(header.Algorithm) || (header.KeyId is not null && key.KeyId != header.KeyId)) continue;
            candidates++;
            if (key.Verifies(header.Algorithm, hash, signature)) return null;
        }
        return candidates == 0 ? JwsProblem.UnknownKey : JwsProblem.SignatureInvalid;
    }

    private static void Hash(ReadOnlySpan<char> ascii, Span<byte> hash)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(ascii.Length);
        try
        {
            SHA256.HashData(bytes.AsSpan(0, Encoding.ASCII.GetBytes(ascii, bytes)), hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}

/// <summary>Header and payload that nobody has vouched for.</summary>
public sealed record UnverifiedJws(JsonElement Header, JsonElement Payload)
{
    public override string ToString() => nameof(UnverifiedJws);
}
