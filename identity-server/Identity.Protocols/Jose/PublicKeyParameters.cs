using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Identity.Protocols.Jose;

/// <summary>The numbers of a public key (RFC 7518 §6) and how they are spelled in JSON.</summary>
internal abstract record PublicKeyParameters(string KeyType)
{
    public abstract AsymmetricAlgorithm Open();

    /// <summary>RFC 7638 §3.2: required members only, in lexical order, no white space.</summary>
    public abstract string CanonicalJson();

    public abstract void WriteTo(Utf8JsonWriter writer);

    public static PublicKeyParameters Of(AsymmetricAlgorithm key) => key switch
    {
        ECDsa ec when ec.ExportParameters(false) is { Q: { X: { } x, Y: { } y } } p && IsP256(p.Curve) => new P256(x, y),
        RSA rsa when rsa.ExportParameters(false) is { Modulus: { } n, Exponent: { } e } => new RsaPublic(n, e),
        _ => throw new CryptographicException("Only EC P-256 and RSA keys are supported."),
    };

    private static bool IsP256(ECCurve curve) =>
        curve.IsNamed && (curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
            || curve.Oid.FriendlyName is "nistP256" or "ECDSA_P256");

    public sealed record P256(byte[] X, byte[] Y) : PublicKeyParameters(SignatureAlgorithm.EllipticCurve)
    {
        public const int CoordinateLength = 32;

        public override AsymmetricAlgorithm Open() =>
            ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = X, Y = Y } });

        public override string CanonicalJson() =>
            $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(X)}}","y":"{{Base64Url.EncodeToString(Y)}}"}""";

        public override void WriteTo(Utf8JsonWriter writer)
        {
            writer.WriteString("crv", "P-256");
            writer.WriteString("x", Base64Url.EncodeToString(X));
            writer.WriteString("y", Base64Url.EncodeToString(Y));
        }
    }

    public sealed record RsaPublic(byte[] Modulus, byte[] Exponent) : PublicKeyParameters(SignatureAlgorithm.Rsa)
    {
        public override AsymmetricAlgorithm Open() =>
            RSA.Create(new RSAParameters { Modulus = Modulus, Exponent = Exponent });

        public override string CanonicalJson() =>
            $$"""{"e":"{{Base64Url.EncodeToString(Exponent)}}","kty":"RSA","n":"{{Base64Url.EncodeToString(Modulus)}}"}""";

        public override void WriteTo(Utf8JsonWriter writer)
        {
            writer.WriteString("n", Base64Url.EncodeToString(Modulus));
            writer.WriteString("e", Base64Url.EncodeToString(Exponent));
        }
    }
}
