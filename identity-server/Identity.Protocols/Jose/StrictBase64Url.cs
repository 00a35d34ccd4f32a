using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Identity.Protocols.Jose;

/// <summary>
/// RFC 7515 §2 and nothing more: no padding, no white space, no unused bits set. The platform's decoder allows all three, which
/// would give one signed token several spellings and slip past anything keyed by its text.
/// </summary>
public static class StrictBase64Url
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = IsCanonical(text) ? Base64Url.DecodeFromChars(text) : null;
        return bytes is not null;
    }

    public static bool IsCanonical(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExcept(Alphabet) && (text.Length % 4) switch
        {
            0 => true,
            2 => text[^1] is 'A' or 'Q' or 'g' or 'w',          // 4 unused bits are zero
            3 => "AEIMQUYcgkosw048".Contains(text[^1]),         // 2 unused bits are zero
            _ => false,
        };
}
