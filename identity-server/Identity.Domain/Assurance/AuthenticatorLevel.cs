namespace Identity.Domain.Assurance;

/// <summary>Authentication levels of Decree 69/2024, Article 20(1), from the methods that were used (RFC 8176 names).</summary>
public static class AuthenticatorLevel
{
    private enum Kind
    {
        Know,
        Have,
        Are,
    }

    // A passkey unlocked by a fingerprint shows the server only "user verified": it is hwk and pin, never fpt.
    private static readonly Dictionary<string, Kind> Kinds = new(StringComparer.Ordinal)
    {
        ["pwd"] = Kind.Know,
        ["pin"] = Kind.Know,
        ["kba"] = Kind.Know,
        ["otp"] = Kind.Have,
        ["hwk"] = Kind.Have,
        ["swk"] = Kind.Have,
        ["sc"] = Kind.Have,
        ["sms"] = Kind.Have,
        ["face"] = Kind.Are,
        ["fpt"] = Kind.Are,
        ["iris"] = Kind.Are,
        ["vbm"] = Kind.Are,
    };

    /// <summary>The methods that count, each once, in the order given. Sums like <c>mfa</c> name no kind and prove none.</summary>
    public static IReadOnlyList<string> Recognised(IEnumerable<string> amr) => [.. amr.Where(Kinds.ContainsKey).Distinct()];

    public static IReadOnlyList<string> WithoutBiometrics(IEnumerable<string> amr) => [.. Recognised(amr).Where(method => Kinds[method] != Kind.Are)];

    /// <summary>1 to 4; null when no level is met, which includes a biometric alone. Two methods of one kind count as one.</summary>
    public static int? FromAmr(IEnumerable<string> amr)
    {
        var kinds = Recognised(amr).Select(method => Kinds[method]).ToHashSet();
        return (kinds.Count, kinds.Contains(Kind.Are)) switch
        {
            (3, _) => 4,
            (2, true) => 3,
            (2, false) => 2,
            (1, false) => 1,
            _ => null,
        };
    }
}
