using System.Globalization;

namespace Identity.Domain.People;

/// <summary>
/// National personal identification number: three digits for the place of birth registration, one for century and sex, two for the
/// birth year, six random. It has no check digit, and it can be issued again after a correction: a dated attribute, never a key.
/// </summary>
public sealed record PersonalNumber
{
    // Asia/Ho_Chi_Minh has kept this offset since 1975; a constant needs no zone data in the container.
    private static readonly TimeSpan VietnamOffset = TimeSpan.FromHours(7);

    private PersonalNumber(string digits) => Value = digits;

    /// <summary>The only way to the digits; everything else shows the mask.</summary>
    public string Value { get; }

    public int BirthYear => 1900 + (CenturyAndSex / 2 * 100) + Number(4, 2);

    /// <summary>As <c>gender</c> is written: <c>male</c> or <c>female</c>.</summary>
    public string Sex => CenturyAndSex % 2 == 0 ? "male" : "female";

    private int CenturyAndSex => Value[3] - '0';

    private int Prefix => Number(0, 3);

    /// <summary>For input typed by hand, where every finding of the format is an error.</summary>
    public static Parsed<PersonalNumber, PersonalNumberError> Parse(string input, DateTimeOffset now)
    {
        var (number, error) = Read(input, now);
        return error is { } refused ? refused : number!;
    }

    /// <summary>
    /// For a number that a source vouches for. The source wins over our knowledge of prefixes and years, so the findings are only
    /// reported; but what is not twelve digits is no number at all, and must never become something that two people can share.
    /// </summary>
    public static AssertedPersonalNumber FromAssertion(string asserted, DateTimeOffset now, string? birthDate = null, string? gender = null)
    {
        var (number, error) = Read(asserted, now);
        return new(number, error, number?.Compare(birthDate, gender) ?? PersonalNumberWarnings.None);
    }

    /// <summary>What a desk should look at twice, given what else is said about the person.</summary>
    /// <param name="birthDate"><c>yyyy-MM-dd</c> or <c>yyyy</c>.</param>
    /// <param name="gender">Only <c>male</c> and <c>female</c> can disagree with a number that knows no third value.</param>
    public PersonalNumberWarnings Compare(string? birthDate = null, string? gender = null)
    {
        var warnings = PersonalNumberWarnings.None;
        if (Prefix >= 100) warnings |= PersonalNumberWarnings.PrefixUnknown;
        else if (BirthYear >= 2026 && !BirthPlacePrefixes.Kept.Contains(Prefix)) warnings |= PersonalNumberWarnings.PrefixRetired;
        if (YearOf(birthDate) is { } year && year != BirthYear) warnings |= PersonalNumberWarnings.BirthYear;
        if (gender is "male" or "female" && gender != Sex) warnings |= PersonalNumberWarnings.Sex;
        return warnings;
    }

    public override string ToString() => "••••••••" + Value[^4..];

    private static (PersonalNumber? Number, PersonalNumberError? Error) Read(string input, DateTimeOffset now)
    {
        var digits = input.Trim().Replace(" ", "", StringComparison.Ordinal);
        if (!digits.All(char.IsAsciiDigit)) return (null, PersonalNumberError.NonDigit);   // IsDigit would take other scripts
        if (digits.Length != 12) return (null, PersonalNumberError.Length);
        var number = new PersonalNumber(digits);
        if (number.Prefix < 100 && !BirthPlacePrefixes.Issued.Contains(number.Prefix)) return (number, PersonalNumberError.Prefix);
        return (number, number.BirthYear > now.ToOffset(VietnamOffset).Year ? PersonalNumberError.Future : null);
    }

    private static int? YearOf(string? birthDate) =>
        birthDate is { Length: >= 4 } && int.TryParse(birthDate.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            ? year
            : null;

    private int Number(int start, int length) => int.Parse(Value.AsSpan(start, length), NumberStyles.None, CultureInfo.InvariantCulture);
}
