using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Identity.Protocols.Jose;

/// <summary><c>at_hash</c> and <c>c_hash</c>: what ties an access token or a code to the ID token beside it.</summary>
public static class TokenHash
{
    /// <summary>OpenID Connect Core §3.1.3.6. Every algorithm in our table hashes with SHA-256.</summary>
    public static string LeftHalf(string token, string algorithm)
    {
        _ = SignatureAlgorithm.Require(algorithm);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes(token), hash);
        return Base64Url.EncodeToString(hash[..(hash.Length / 2)]);
    }
}
