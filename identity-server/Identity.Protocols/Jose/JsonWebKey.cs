using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Identity.Protocols.Jose;

/// <summary>
/// A public key that can verify (RFC 7517): EC P-256 or RSA of 2048 to 8192 bits. An instance exists only for a key that the
/// platform accepted, so holding one means that it is usable.
/// </summary>
public sealed class JsonWebKey
{
    private readonly KeyInstancePool _instances;

    internal JsonWebKey(string? keyId, string? algorithm, PublicKeyParameters parameters)
    {
        (KeyId, Algorithm, Parameters) = (keyId, algorithm, parameters);
        _instances = new KeyInstancePool(parameters.Open);
    }

    public string? KeyId { get; }

    /// <summary>When present, the only algorithm this key may be used with.</summary>
    public string? Algorithm { get; }

    /// <summary><c>EC</c> or <c>RSA</c>; fixes the family of algorithms whatever a header says.</summary>
    public string KeyType => Parameters.KeyType;

    internal PublicKeyParameters Parameters { get; }

    /// <summary>RFC 7638, SHA-256: the same key has the same name wherever it appears (DPoP <c>jkt</c>, our own <c>kid</c>).</summary>
    public string Thumbprint =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Parameters.CanonicalJson())));

    /// <summary>False for anything but a usable public verification key; a key that shows its private half is refused too.</summary>
    public static bool TryRead(JsonElement jwk, [NotNullWhen(true)] out JsonWebKey? key) =>
        (key = JsonWebKeyReader.Read(jwk)) is not null;

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("kty", KeyType);
        writer.WriteString("use", "sig");
        if (Algorithm is not null) writer.WriteString("alg", Algorithm);
        if (KeyId is not null) writer.WriteString("kid", KeyId);
        Parameters.WriteTo(writer);
        writer.WriteEndObject();
    }

    public override string ToString() => $"JsonWebKey({KeyType}, {KeyId})";

    internal bool Fits(SignatureAlgorithm algorithm) =>
        KeyType == algorithm.KeyType && (Algorithm is null || Algorithm == algorithm.Name);

    internal bool Verifies(SignatureAlgorithm algorithm, ReadOnlySpan<byte> sha256, ReadOnlySpan<byte> signature)
    {
        var instance = _instances.Rent();
        try
        {
            return algorithm.Verify(instance, sha256, signature);
        }
        catch (CryptographicException)
        {
            return false;   // platforms differ in whether an absurd signature is false or an exception
        }
        finally
        {
            _instances.Return(instance);
        }
    }
}
