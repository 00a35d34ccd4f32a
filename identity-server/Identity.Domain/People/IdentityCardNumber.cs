namespace Identity.Domain.People;

public enum IdentityCardNumberError
{
    NonDigit,
    Length,
}

/// <summary>
/// Number of the old nine-digit card. The card ended with 2024, what was issued on it did not: a hint towards an old record, never
/// a way to sign in and never a proof.
/// </summary>
public sealed record IdentityCardNumber
{
    private IdentityCardNumber(string digits) => Value = digits;

    public static DateOnly CardUsableUntil { get; } = new(2024, 12, 31);

    public string Value { get; }

    public static Parsed<IdentityCardNumber, IdentityCardNumberError> Parse(string input)
    {
        var digits = input.Trim().Replace(" ", "", StringComparison.Ordinal);
        if (!digits.All(char.IsAsciiDigit)) return IdentityCardNumberError.NonDigit;
        return digits.Length == 9 ? new IdentityCardNumber(digits) : IdentityCardNumberError.Length;
    }

    /// <summary>Whether a login name has to be refused because it is, or looks like, such a number.</summary>
    public static bool Resembles(string loginName) => Parse(loginName) is Parsed<IdentityCardNumber, IdentityCardNumberError>.Valid;

    public override string ToString() => "•••••" + Value[^4..];
}
