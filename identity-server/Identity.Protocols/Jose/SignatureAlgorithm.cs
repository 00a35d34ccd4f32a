using System.Security.Cryptography;

namespace Identity.Protocols.Jose;

/// <summary>The names on the wire (RFC 7518 §3.1) of every signature this product makes or accepts.</summary>
public static class JwsAlgorithms
{
    public const string Es256 = "ES256";
    public const string Rs256 = "RS256";
    public const string Ps256 = "PS256";

    public static IReadOnlyList<string> All { get; } = [Es256, Rs256, Ps256];
}

/// <summary>One row per algorithm. What is not in this table (none, HMAC, SHA-1) cannot be expressed anywhere behind it.</summary>
internal sealed record SignatureAlgorithm(string Name, string KeyType, RSASignaturePadding? Padding)
{
    public const string EllipticCurve = "EC";
    public const string Rsa = "RSA";

    public static SignatureAlgorithm? Find(string? name) => name switch
    {
        JwsAlgorithms.Es256 => Es256,
        JwsAlgorithms.Rs256 => Rs256,
        JwsAlgorithms.Ps256 => Ps256,
        _ => null,
    };

    public static SignatureAlgorithm Require(string name) =>
        Find(name) ?? throw new ArgumentException("ES256, RS256 or PS256", nameof(name));

    /// <summary>The key type, never the header alone, decides how a signature is read.</summary>
    public int Sign(AsymmetricAlgorithm key, ReadOnlySpan<byte> sha256, Span<byte> signature) => key switch
    {
        ECDsa ec => ec.SignHash(sha256, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        RSA rsa => rsa.SignHash(sha256, signature, HashAlgorithmName.SHA256, Padding!),
        _ => throw new CryptographicException("No such key type."),
    };

    public bool Verify(AsymmetricAlgorithm key, ReadOnlySpan<byte> sha256, ReadOnlySpan<byte> signature) => key switch
    {
        ECDsa ec when Padding is null =>
            signature.Length == EcSignatureLength
            && ec.VerifyHash(sha256, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        RSA rsa when Padding is not null =>
            signature.Length == rsa.KeySize / 8 && rsa.VerifyHash(sha256, signature, HashAlgorithmName.SHA256, Padding),
        _ => false,
    };

    private const int EcSignatureLength = 64;
    private static readonly SignatureAlgorithm Es256 = new(JwsAlgorithms.Es256, EllipticCurve, null);
    private static readonly SignatureAlgorithm Rs256 = new(JwsAlgorithms.Rs256, Rsa, RSASignaturePadding.Pkcs1);
    private static readonly SignatureAlgorithm Ps256 = new(JwsAlgorithms.Ps256, Rsa, RSASignaturePadding.Pss);
}
