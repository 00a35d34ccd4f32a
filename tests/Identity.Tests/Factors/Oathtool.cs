using System.Diagnostics;
using System.Globalization;

namespace Identity.Tests.Factors;

/// <summary>The authenticator app of these tests: a foreign program that knows RFC 6238.</summary>
internal static class Oathtool
{
    public static string Code(string key, DateTimeOffset at)
    {
        var when = at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("oathtool", ["--totp", "-b", "--now", when, key.Replace(" ", "", StringComparison.Ordinal)]) { RedirectStandardOutput = true };
        using var program = Process.Start(start) ?? throw new InvalidOperationException("oathtool is missing; ./test installs it.");
        var code = program.StandardOutput.ReadToEnd().Trim();
        program.WaitForExit();
        Assert.True(program.ExitCode == 0 && code.Length == 6, "oathtool failed");
        return code;
    }
}
