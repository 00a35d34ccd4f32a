using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Identity.Domain.Grants;

/// <summary>256 random bits that grant something to whoever holds them. Tables keep the digest; plain SHA-256 is right because there is nothing to guess.</summary>
public readonly record struct BearerSecret(string Value)
{
    public string Digest => DigestOf(Value);

    public static BearerSecret New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    public static string DigestOf(string value) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    /// <summary>128 random bits: an identifier that nobody can guess, but not a secret.</summary>
    public static string NewIdentifier() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>What a log, an exception or a debugger shows.</summary>
    public override string ToString() => "***";
}
