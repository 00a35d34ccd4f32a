using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Identity.Protocols.Jose;

/// <summary>Turns a stranger's JWK into a key, or into nothing.</summary>
internal static class JsonWebKeyReader
{
    private const int MinimumRsaBits = 2048;
    private const int MaximumRsaBits = 8192;    // beyond this, verifying is a way to burn our processor

    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    public static JsonWebKey? Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || PrivateMembers.Any(m => jwk.TryGetProperty(m, out _))) return null;
        if (!IsForVerification(jwk)) return null;
        if (!TryText(jwk, "kid", out var keyId) || !TryText(jwk, "alg", out var algorithm)) return null;
        if (ReadParameters(jwk) is not { } parameters) return null;
        // A key that its owner reserves for an algorithm outside our table can never be used here.
        if (algorithm is not null && SignatureAlgorithm.Find(algorithm)?.KeyType != parameters.KeyType) return null;
        return IsAcceptedByPlatform(parameters) ? new JsonWebKey(keyId, algorithm, parameters) : null;
    }

    private static bool IsForVerification(JsonElement jwk) =>
        TryText(jwk, "use", out var use) && use is null or "sig"
        && (!jwk.TryGetProperty("key_ops", out var operations)
            || (operations.ValueKind == JsonValueKind.Array
                && operations.EnumerateArray().Any(o => o.ValueKind == JsonValueKind.String && o.ValueEquals("verify"))));

    private static PublicKeyParameters? ReadParameters(JsonElement jwk)
    {
        if (!TryText(jwk, "kty", out var type)) return null;
        return type switch
        {
            SignatureAlgorithm.EllipticCurve => ReadEllipticCurve(jwk),
            SignatureAlgorithm.Rsa => ReadRsa(jwk),
            _ => null,
        };
    }

    private static PublicKeyParameters.P256? ReadEllipticCurve(JsonElement jwk) =>
        TryText(jwk, "crv", out var curve) && curve == "P-256"
        && Number(jwk, "x") is { Length: PublicKeyParameters.P256.CoordinateLength } x
        && Number(jwk, "y") is { Length: PublicKeyParameters.P256.CoordinateLength } y
            ? new PublicKeyParameters.P256(x, y)
            : null;

    private static PublicKeyParameters.RsaPublic? ReadRsa(JsonElement jwk)
    {
        // RFC 7518 §6.3.1.1 forbids the leading zero octet and warns that some writers add it.
        if (Number(jwk, "n") is not { } n || Number(jwk, "e") is not { } e) return null;
        n = n.AsSpan().TrimStart((byte)0).ToArray();
        e = e.AsSpan().TrimStart((byte)0).ToArray();
        var bits = (int)new BigInteger(n, isUnsigned: true, isBigEndian: true).GetBitLength();
        var isModulus = bits is >= MinimumRsaBits and <= MaximumRsaBits && bits % 8 == 0 && (n[^1] & 1) == 1;
        // e = 1 makes every message its own signature; an even or huge e is not RSA as anybody deploys it.
        var isExponent = e.Length is >= 1 and <= 4 && (e[^1] & 1) == 1 && !(e.Length == 1 && e[0] == 1);
        return isModulus && isExponent ? new PublicKeyParameters.RsaPublic(n, e) : null;
    }

    private static bool IsAcceptedByPlatform(PublicKeyParameters parameters)
    {
        try
        {
            parameters.Open().Dispose();    // refuses a point that is not on the curve
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[]? Number(JsonElement jwk, string member) =>
        TryText(jwk, member, out var text) && text is not null && StrictBase64Url.TryDecode(text, out var bytes) ? bytes : null;

    private static bool TryText(JsonElement jwk, string member, out string? text)
    {
        text = null;
        if (!jwk.TryGetProperty(member, out var value)) return true;
        if (value.ValueKind != JsonValueKind.String) return false;
        text = value.GetString();
        return true;
    }
}
