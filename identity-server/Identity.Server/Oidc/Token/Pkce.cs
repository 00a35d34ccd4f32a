using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Identity.Server.Oidc.Token;

/// <summary>RFC 7636, S256 only; <c>plain</c> protects nothing that TLS does not.</summary>
public static class Pkce
{
    public const string Method = "S256";

    /// <summary>43 unreserved characters: the Base64url form of a SHA-256 digest.</summary>
    public static bool IsChallenge(string value) => value.Length == 43 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>RFC 7636 §4.1: 43 to 128 unreserved characters.</summary>
    public static bool IsVerifier(string value) =>
        value.Length is >= 43 and <= 128 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');

    public static bool Matches(string verifier, string challenge) => IsVerifier(verifier) && CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))), Encoding.ASCII.GetBytes(challenge));
}
