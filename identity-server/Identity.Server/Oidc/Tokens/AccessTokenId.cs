using System.Buffers;
using System.Buffers.Text;
using Identity.Domain.Grants;

namespace Identity.Server.Oidc.Tokens;

/// <summary><c>jti</c> of an access token: the grant it belongs to and a random part, so that revoking a grant reaches every token of it without a list.</summary>
public static class AccessTokenId
{
    private const int EncodedGuidLength = 22;

    public static string New(Guid grantId) => $"{Base64Url.EncodeToString(grantId.ToByteArray(bigEndian: true))}.{BearerSecret.NewIdentifier()}";

    /// <summary>For tokens of a client itself, which no grant stands behind.</summary>
    public static string New() => BearerSecret.NewIdentifier();

    public static Guid? GrantOf(string jti)
    {
        if (jti.IndexOf('.', StringComparison.Ordinal) != EncodedGuidLength) return null;
        Span<byte> bytes = stackalloc byte[16];
        // Not TryDecodeFromChars, which throws at a letter that is none of base64url's.
        return Base64Url.DecodeFromChars(jti.AsSpan(0, EncodedGuidLength), bytes, out _, out var written) == OperationStatus.Done && written == 16
            ? new Guid(bytes, bigEndian: true) : null;
    }
}
