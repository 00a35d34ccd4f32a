using System.Text.RegularExpressions;
using Identity.Domain.People;

namespace Identity.Domain.Organisations;

public enum TaxCodeKind
{
    Enterprise,
    Branch,

    /// <summary>Individuals and household businesses use a personal number since 1 July 2025 (Circular 86/2024/TT-BTC).</summary>
    Person,
}

public enum TaxCodeError
{
    /// <summary>A hyphen anywhere but before a branch of three digits.</summary>
    Format,
    NonDigit,
    Length,

    /// <summary>The sequence number is zero.</summary>
    Sequence,

    /// <summary>Branch 000 would be the head office itself.</summary>
    Branch,
    Checksum,

    /// <summary>Twelve digits, but no personal number: unknown place of birth.</summary>
    PersonalNumberPrefix,

    /// <summary>Twelve digits, but no personal number: not born yet.</summary>
    PersonalNumberFuture,
}

/// <summary>Tax code: <c>NNNNNNNNNN</c>, <c>NNNNNNNNNN-NNN</c> for a branch, or a personal number.</summary>
public sealed partial record TaxCode
{
    private static readonly int[] Weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];

    private TaxCode(string value, TaxCodeKind kind) => (Value, Kind) = (value, kind);

    public string Value { get; }

    public TaxCodeKind Kind { get; }

    public static Parsed<TaxCode, TaxCodeError> Parse(string input, DateTimeOffset now)
    {
        var code = input.Trim().Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        // Judged before the hyphen goes: 9900000016-01 would else pass for a personal number of twelve digits.
        if (code.Contains('-', StringComparison.Ordinal))
        {
            if (!BranchForm().IsMatch(code)) return TaxCodeError.Format;
            code = code.Remove(10, 1);
        }
        if (!code.All(char.IsAsciiDigit)) return TaxCodeError.NonDigit;
        return code.Length switch
        {
            10 or 13 => OfEnterprise(code),
            12 => OfPerson(code, now),
            _ => TaxCodeError.Length,
        };
    }

    /// <summary>An enterprise's code is public; a person's is the national number.</summary>
    public override string ToString() => Kind is TaxCodeKind.Person ? "••••••••" + Value[^4..] : Value;

    private static Parsed<TaxCode, TaxCodeError> OfEnterprise(string code)
    {
        var (head, branch) = (code[..10], code[10..]);
        if (head[2..9] == "0000000") return TaxCodeError.Sequence;
        if (branch == "000") return TaxCodeError.Branch;
        if (CheckDigit(head) != head[9] - '0') return TaxCodeError.Checksum;
        return branch.Length == 0 ? new TaxCode(head, TaxCodeKind.Enterprise) : new TaxCode($"{head}-{branch}", TaxCodeKind.Branch);
    }

    private static Parsed<TaxCode, TaxCodeError> OfPerson(string code, DateTimeOffset now) => PersonalNumber.Parse(code, now) switch
    {
        Parsed<PersonalNumber, PersonalNumberError>.Valid(var number) => new TaxCode(number.Value, TaxCodeKind.Person),
        Parsed<PersonalNumber, PersonalNumberError>.Invalid(PersonalNumberError.Prefix) => TaxCodeError.PersonalNumberPrefix,
        _ => TaxCodeError.PersonalNumberFuture,
    };

    // Ten when the sum divides by eleven: no digit fits, so no valid code has that stem.
    private static int CheckDigit(string head) => 10 - (Weights.Select((weight, i) => weight * (head[i] - '0')).Sum() % 11);

    [GeneratedRegex(@"\A[0-9]{10}-[0-9]{3}\z")]
    private static partial Regex BranchForm();
}
