using System.Globalization;
using System.Security.Cryptography;

namespace Identity.Hosting.Pages;

/// <summary>What a person reads out to support. Digits only after the prefix: letters sound alike on the telephone.</summary>
public sealed record Reference(string Code, DateTimeOffset At)
{
    public static Reference New(string prefix, DateTimeOffset at)
    {
        var digits = RandomNumberGenerator.GetInt32(1_000_000_000).ToString("000-000-000", CultureInfo.InvariantCulture);
        return new Reference($"{prefix}-{digits}", at);
    }
}
