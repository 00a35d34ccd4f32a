using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Identity.Domain.Grants;

/// <summary>
/// <c>handle.secret</c>. The handle finds the family, the secret proves possession. A successor is a MAC over a random salt keyed
/// by its predecessor: who lost the answer can be given the same successor again although no token is ever stored, and who
/// reads the table, salt included, still cannot make one.
/// </summary>
public sealed record RefreshTokenValue(string Handle, BearerSecret Secret)
{
    private const int MaximumLength = 200;

    public string Value => $"{Handle}.{Secret.Value}";

    public static RefreshTokenValue New() => new(BearerSecret.NewIdentifier(), BearerSecret.New());

    public static RefreshTokenValue? Parse(string? token)
    {
        if (token is null or { Length: > MaximumLength } || token.Split('.') is not [{ Length: > 0 } handle, { Length: > 0 } secret]) return null;
        return new(handle, new(secret));
    }

    public RefreshTokenValue Successor(string salt) => this with
    {
        Secret = new(Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret.Value), Encoding.UTF8.GetBytes(salt)))),
    };

    public override string ToString() => "***";
}
