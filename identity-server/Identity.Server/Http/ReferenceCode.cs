using System.Globalization;
using System.Security.Cryptography;

namespace Identity.Server.Http;

/// <summary>The code on an error page, easy to dictate: province letters and nine digits, <c>AB-482-915-307</c>. Harmless to read out; the same in log and audit.</summary>
public static class ReferenceCode
{
    public static string New(string prefix)
    {
        var digits = RandomNumberGenerator.GetInt32(1_000_000_000).ToString("D9", CultureInfo.InvariantCulture);
        return $"{prefix}-{digits[..3]}-{digits[3..6]}-{digits[6..]}";
    }
}
