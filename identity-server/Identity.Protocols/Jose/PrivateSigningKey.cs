using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Identity.Protocols.Jose;

/// <summary>A key that signs for this server. Safe for any number of threads.</summary>
public sealed class PrivateSigningKey : IDisposable
{
    private const int NewRsaBits = 2048;
    private const int StackLimit = 2048;

    private readonly SignatureAlgorithm _algorithm;
    private readonly byte[] _pkcs8;
    private readonly KeyInstancePool _instances;
    private readonly ConcurrentDictionary<string, byte[]> _headers = new();
    private readonly int _signatureLength;

    private PrivateSigningKey(string? keyId, SignatureAlgorithm algorithm, byte[] pkcs8)
    {
        (_algorithm, _pkcs8) = (algorithm, pkcs8);
        _instances = new KeyInstancePool(Open);
        using var first = Open();
        var parameters = PublicKeyParameters.Of(first);
        if (first is RSA && first.KeySize < NewRsaBits) throw new CryptographicException("RSA keys have at least 2048 bits.");
        _signatureLength = first is RSA ? first.KeySize / 8 : PublicKeyParameters.P256.CoordinateLength * 2;
        KeyId = keyId ?? new JsonWebKey(null, null, parameters).Thumbprint;
        PublicKey = new JsonWebKey(KeyId, algorithm.Name, parameters);
    }

    public string KeyId { get; }

    public string Algorithm => _algorithm.Name;

    public JsonWebKey PublicKey { get; }

    /// <param name="algorithm">One of <see cref="JwsAlgorithms"/>.</param>
    public static PrivateSigningKey Create(string algorithm)
    {
        var row = SignatureAlgorithm.Require(algorithm);
        using AsymmetricAlgorithm key = row.KeyType == SignatureAlgorithm.Rsa
            ? RSA.Create(NewRsaBits)
            : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new PrivateSigningKey(null, row, key.ExportPkcs8PrivateKey());
    }

    /// <exception cref="CryptographicException">The stored key is damaged, or is not of the kind the algorithm needs.</exception>
    public static PrivateSigningKey Import(string keyId, string algorithm, ReadOnlySpan<byte> pkcs8) =>
        new(keyId, SignatureAlgorithm.Require(algorithm), pkcs8.ToArray());

    public byte[] ExportPkcs8() => [.. _pkcs8];

    /// <summary>RFC 7515 §7.1. One allocation that lives: the token itself.</summary>
    /// <param name="type">The <c>typ</c> of the header; headers are kept per type, so it is a word of ours, never of a request.</param>
    /// <param name="payload">The claims as UTF-8 JSON.</param>
    public string Sign(string type, ReadOnlySpan<byte> payload)
    {
        var header = _headers.GetOrAdd(type, static (t, key) => key.EncodeHeader(t), this);
        var signedLength = header.Length + Base64Url.GetEncodedLength(payload.Length);
        var length = signedLength + 1 + Base64Url.GetEncodedLength(_signatureLength);

        byte[]? rented = null;
        var token = length <= StackLimit ? stackalloc byte[StackLimit] : rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            header.CopyTo(token);
            Base64Url.EncodeToUtf8(payload, token[header.Length..]);
            WriteSignature(token[..signedLength], token[signedLength..length]);
            return Encoding.ASCII.GetString(token[..length]);
        }
        finally
        {
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    public void Dispose() => _instances.Close();

    public override string ToString() => $"PrivateSigningKey({Algorithm}, {KeyId})";

    private void WriteSignature(ReadOnlySpan<byte> signed, Span<byte> target)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(signed, hash);
        Span<byte> signature = stackalloc byte[_signatureLength];

        var instance = _instances.Rent();
        try
        {
            _algorithm.Sign(instance, hash, signature);
        }
        finally
        {
            _instances.Return(instance);
        }
        target[0] = (byte)'.';
        Base64Url.EncodeToUtf8(signature, target[1..]);
    }

    private byte[] EncodeHeader(string type)
    {
        var json = new ArrayBufferWriter<byte>();
        // The default encoder would write at+jwt as at\u002Bjwt: correct, but some readers compare before they unescape.
        using (var writer = new Utf8JsonWriter(json, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("alg", Algorithm);
            writer.WriteString("typ", type);
            writer.WriteString("kid", KeyId);
            writer.WriteEndObject();
        }
        return [.. Base64Url.EncodeToUtf8(json.WrittenSpan), (byte)'.'];
    }

    private AsymmetricAlgorithm Open()
    {
        AsymmetricAlgorithm key = _algorithm.KeyType == SignatureAlgorithm.Rsa ? RSA.Create() : ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(_pkcs8, out _);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
