using System.Text.RegularExpressions;
using Identity.Domain.People;

namespace Identity.Domain.Organisations;

public enum AgencyCodeError
{
    Length,

    /// <summary>Something other than 0–9, A–Z and the dot.</summary>
    Character,
    EmptyGroup,

    /// <summary>The first group is not a letter and two digits.</summary>
    Root,

    /// <summary>An old code that names a unit without naming the agency above it.</summary>
    Hierarchy,
}

/// <summary>
/// State-agency identification code (Decision 20/2020/QĐ-TTg), root first: <c>H99.07.12.003</c>. The old form, root last and padded
/// with zero groups (QCVN 102:2016), is read and turned round. Which roots exist is data of the register, not of the format.
/// </summary>
public sealed partial record AgencyCode
{
    private const int MaxLength = 35;

    private AgencyCode(string value) => Value = value;

    public string Value { get; }

    /// <summary>The agency directly above, or null at the root.</summary>
    public AgencyCode? Parent => Value.LastIndexOf('.') is var dot and > 0 ? new(Value[..dot]) : null;

    /// <summary>One for a ministry or province, one more for each step down.</summary>
    public int Level => Value.Count(c => c == '.') + 1;

    public static Parsed<AgencyCode, AgencyCodeError> Parse(string input)
    {
        var code = input.Trim();
        if (code.Length > MaxLength) return AgencyCodeError.Length;
        if (!code.All(c => char.IsAsciiLetterOrDigit(c) || c == '.')) return AgencyCodeError.Character;
        code = code.ToUpperInvariant();
        var groups = code.Split('.');
        if (groups.Contains("")) return AgencyCodeError.EmptyGroup;
        if (LegacyForm().IsMatch(code)) return FromLegacy(groups);
        return RootForm().IsMatch(groups[0]) ? new AgencyCode(code) : AgencyCodeError.Root;
    }

    /// <summary>True for the agency itself and everything below it; compares whole groups, so H99.071 is not below H99.07.</summary>
    public bool IsWithin(AgencyCode other) =>
        Value == other.Value || Value.StartsWith(other.Value + '.', StringComparison.Ordinal);

    public override string ToString() => Value;

    private static Parsed<AgencyCode, AgencyCodeError> FromLegacy(string[] groups)
    {
        var path = groups.Reverse().ToArray();
        var depth = Array.FindLastIndex(path, IsUsed) + 1;
        return path[..depth].All(IsUsed) ? new AgencyCode(string.Join('.', path[..depth])) : AgencyCodeError.Hierarchy;
    }

    private static bool IsUsed(string group) => group.Any(c => c != '0');

    [GeneratedRegex(@"\A[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}\z")]
    private static partial Regex LegacyForm();

    [GeneratedRegex(@"\A[A-Z][0-9]{2}\z")]
    private static partial Regex RootForm();
}
