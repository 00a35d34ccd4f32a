using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Identity.Domain.Clients;

/// <summary>One of a client's secrets, known by its digest alone. Several may be valid at once, so that none is changed in a hurry.</summary>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record ClientSecret(string Sha256, string? Description, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    // A plain digest holds only for secrets nobody can guess; shorter ones are refused where they enter.
    public const int MinLength = 24;
    public const int MaxLength = 200;

    public static string DigestOf(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    public bool IsValidAt(DateTimeOffset now) => ExpiresAt is not { } end || now < end;

    public bool Matches(string presented) => CryptographicOperations.FixedTimeEquals(
        MemoryMarshal.AsBytes(DigestOf(presented).AsSpan()), MemoryMarshal.AsBytes(Sha256.AsSpan()));

    public override string ToString() => "ClientSecret(***)";
}
