using System.Globalization;
using System.Security.Cryptography;
using Identity.Domain.Privacy;

namespace Identity.Server.Login;

/// <summary>A sealed cookie that says: the owner of this name has signed in from this browser. It grants nothing; it only keeps a stranger's lock-out away.</summary>
public sealed class KnownDevice(PersonalDataVault vault, BrowserCookies cookies, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    public string Issue(string name) =>
        vault.Seal(VaultPurpose.KnownDevice, name, clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

    public bool IsKnown(HttpContext http, string name)
    {
        if (cookies.ReadKnownDevice(http) is not { Length: > 0 and < 500 } sealedValue) return false;
        try
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(vault.Open(VaultPurpose.KnownDevice, name, sealedValue), CultureInfo.InvariantCulture));
            return at + Lifetime > clock.GetUtcNow();
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            // Another name's cookie, or none of ours: an unknown device.
            return false;
        }
    }
}
