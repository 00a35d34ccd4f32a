using System.Text.RegularExpressions;

namespace Identity.Connectors.Ldap;

/// <summary>RFC 4511 §4.1.9 without the parts that quote what was typed.</summary>
/// <param name="DirectoryReason">Active Directory's own number (<c>data 775</c>: locked); it says to an operator what one code hides.</param>
internal sealed partial record LdapResult(int Code, string? DirectoryReason)
{
    public const int Success = 0;
    public const int SizeLimitExceeded = 4;
    public const int StrongerAuthRequired = 8;
    public const int Referral = 10;
    public const int ConfidentialityRequired = 13;
    public const int NoSuchObject = 32;
    public const int Busy = 51;
    public const int Unavailable = 52;

    public static LdapResult Of(int code, string diagnostics)
    {
        var match = Reason().Match(diagnostics);
        return new LdapResult(code, match.Success ? match.Groups[1].Value : null);
    }

    public override string ToString() => DirectoryReason is null ? $"result {Code}" : $"result {Code}, data {DirectoryReason}";

    [GeneratedRegex(@"\bdata ([0-9a-fA-F]{1,8})\b")]
    private static partial Regex Reason();
}
