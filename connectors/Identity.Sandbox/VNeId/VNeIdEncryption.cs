using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Identity.Sandbox.Failures;

namespace Identity.Sandbox.VNeId;

internal sealed class VNeIdEncryption(VNeIdOptions options)
{
    // Made when first used: a key is slow to find.
    readonly Lazy<RSA> foreign = new(() => RSA.Create(2048));

    public (string Data, string Key) Seal(byte[] plain, Failure failure)
    {
        using var aes = Aes.Create();
        using var own = RSA.Create();
        own.ImportFromPem(options.PublicKey);
        var rsa = failure == Failure.WrongKey ? foreign.Value : own;
        var sealedData = options.CipherMode == "aes-ecb" ? aes.EncryptEcb(plain, PaddingMode.PKCS7)
            : failure == Failure.IvMissing ? aes.EncryptCbc(plain, aes.IV)
            : [.. aes.IV, .. aes.EncryptCbc(plain, aes.IV)];
        var padding = options.RsaPadding == "oaep-sha256" ? RSAEncryptionPadding.OaepSHA256 : RSAEncryptionPadding.Pkcs1;
        lock (foreign) return (Convert.ToBase64String(sealedData), Convert.ToBase64String(rsa.Encrypt(aes.Key, padding)));
    }

    public IResult Envelope(Dictionary<string, object> answer, Failure failure)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(answer);
        if (failure == Failure.PlainBody) return Results.Bytes(plain, "application/json");
        // Not JSON inside an envelope that is.
        var (data, key) = Seal(failure == Failure.Malformed ? Encoding.UTF8.GetBytes("""{"citizenPid": "999""") : plain, failure);
        return Results.Json(new { data, key });
    }
}
