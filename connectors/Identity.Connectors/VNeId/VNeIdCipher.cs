using System.Security.Cryptography;

namespace Identity.Connectors.VNeId;

/// <summary>
/// All of this upstream's cryptography: AES data under a key that is wrapped for us by RSA, both in Base64. Anybody can put such a pair
/// into a callback, so this is built to be no oracle: whatever is wrong with it comes out as the same nothing.
/// </summary>
internal sealed class VNeIdCipher(VNeIdConnectorSettings settings)
{
    private const int Block = 16;

    // The key that a wrapping which opens to nothing counts as: from our own secret, so that nobody else can foresee it.
    private readonly byte[] _ofNothing = SHA256.HashData(KeyOf(settings).ExportPkcs8PrivateKey());

    /// <summary>Null when it is not what this upstream would have sent, for whatever reason.</summary>
    public byte[]? Open(string? data, string? wrappedKey)
    {
        if (Bytes(data) is not { } sealedData || Bytes(wrappedKey) is not { } wrapped || !IsWhole(sealedData)) return null;
        var key = Unwrap(wrapped);
        try
        {
            using var aes = Aes.Create();
            aes.Key = key;
            return settings.CipherMode == VNeIdCipherMode.AesEcb
                ? aes.DecryptEcb(sealedData, PaddingMode.PKCS7)
                : aes.DecryptCbc(sealedData.AsSpan(Block), sealedData.AsSpan(0, Block), PaddingMode.PKCS7);
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>
    /// Implicit rejection, against Bleichenbacher's attack on PKCS #1 v1.5: a key that cannot be unwrapped is replaced by one that
    /// nobody knows, the same at every try, and the data then fails to open, as with any key that is not the right one.
    /// </summary>
    private byte[] Unwrap(byte[] wrapped)
    {
        var instead = HMACSHA256.HashData(_ofNothing, wrapped);
        try
        {
            using var rsa = KeyOf(settings);
            var padding = settings.RsaPadding == VNeIdRsaPadding.Pkcs1 ? RSAEncryptionPadding.Pkcs1 : RSAEncryptionPadding.OaepSHA256;
            var key = rsa.Decrypt(wrapped, padding);
            return key.Length is 16 or 24 or 32 ? key : instead;
        }
        catch (CryptographicException)
        {
            return instead;
        }
    }

    private bool IsWhole(byte[] sealedData) =>
        sealedData.Length % Block == 0 && sealedData.Length >= (settings.CipherMode == VNeIdCipherMode.AesEcb ? Block : 2 * Block);

    /// <summary>RFC 4648 §4 with its padding. White space, which the platform skips, is where a careless reader has turned a plus into a space.</summary>
    private static byte[]? Bytes(string? base64)
    {
        if (string.IsNullOrEmpty(base64) || base64.Any(char.IsWhiteSpace)) return null;
        var bytes = new byte[base64.Length / 4 * 3];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    // One object a use: the platform promises nothing about concurrent use of one.
    private static RSA KeyOf(VNeIdConnectorSettings settings)
    {
        var key = RSA.Create();
        key.ImportFromPem(settings.PrivateKey);
        return key;
    }
}
