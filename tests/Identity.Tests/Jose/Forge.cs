using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Identity.Protocols.Jose;

namespace Identity.Tests.Jose;

/// <summary>Writes tokens that no honest library would write, signed with a key that the verifier trusts.</summary>
internal sealed class Forge : IDisposable
{
    public const string GoodPayload = """{"iss":"https://an-binh.example","sub":"1"}""";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public Forge(string keyId = "k1")
    {
        using var signing = PrivateSigningKey.Import(keyId, JwsAlgorithms.Es256, _key.ExportPkcs8PrivateKey());
        Key = signing.PublicKey;
    }

    public JsonWebKey Key { get; }

    public string GoodHeader => $$"""{"alg":"ES256","typ":"JWT","kid":"{{Key.KeyId}}"}""";

    public string Token(string? header = null, string? payload = null, Func<byte[], byte[]>? sign = null)
    {
        var signed = $"{Encode(header ?? GoodHeader)}.{Encode(payload ?? GoodPayload)}";
        return $"{signed}.{Base64Url.EncodeToString((sign ?? Sign)(Encoding.ASCII.GetBytes(signed)))}";
    }

    public byte[] Sign(byte[] data) => _key.SignData(data, HashAlgorithmName.SHA256);

    public byte[] SignDer(byte[] data) =>
        _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public string PublicPem() => _key.ExportSubjectPublicKeyInfoPem();

    public byte[] PublicDer() => _key.ExportSubjectPublicKeyInfo();

    public JwsResult Verify(string token) => JsonWebSignature.Verify(token, [Key], JwsAlgorithms.All);

    public JwsProblem? Problem(string token) => (Verify(token) as JwsResult.Refused)?.Why;

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public void Dispose() => _key.Dispose();
}
