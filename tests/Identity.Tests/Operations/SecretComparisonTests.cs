using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Identity.Domain.Clients;

namespace Identity.Tests.Operations;

/// <summary>How long a comparison takes says nothing about a secret.</summary>
public sealed partial class SecretComparisonTests
{
    [Fact]
    public void J12_There_is_no_MAC_to_compare_and_what_is_compared_is_compared_in_constant_time()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Root(), "identity-server"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => (Name: Path.GetFileName(file), Text: File.ReadAllText(file))).ToList();
        // Digests for look-ups are made with HMAC; the database compares them, and they are not what a stranger presents. A one-time code is (RFC 6238).
        Assert.DoesNotContain(sources, s => s.Name != "Totp.cs" && s.Text.Contains("HMACSHA", StringComparison.Ordinal) && Comparison().IsMatch(s.Text));
        Assert.DoesNotContain(sources, s => SecretEquality().IsMatch(s.Text));
        foreach (var name in (string[])["ClientSecret.cs", "Pkce.cs", "Totp.cs"])
            Assert.Contains("FixedTimeEquals", sources.Single(s => s.Name == name).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void J12_A_secret_of_another_length_or_with_one_letter_changed_does_not_match()
    {
        const string value = "a-secret-that-is-long-enough-to-be-one";
        var secret = new ClientSecret(ClientSecret.DigestOf(value), null, DateTimeOffset.UnixEpoch, null);
        Assert.True(secret.Matches(value));
        foreach (var other in (string[])["", value[..^1], value + "x", "b" + value[1..], value[..^1] + "f", secret.Sha256])
            Assert.False(secret.Matches(other));
    }

    // "code_verifier == …", "secret.SequenceEqual(…)": comparisons that stop at the first difference.
    [GeneratedRegex(@"\b(secret|verifier|password|Secret\.Value)\s*[!=]=\s*(?!null)[a-zA-Z(]|\b(secret|verifier|mac)\.(SequenceEqual|Equals)\(", RegexOptions.IgnoreCase)]
    private static partial Regex SecretEquality();

    [GeneratedRegex(@"SequenceEqual|FixedTimeEquals")]
    private static partial Regex Comparison();

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
