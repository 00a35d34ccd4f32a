using System.Globalization;

namespace Identity.Domain.Assurance;

/// <summary>Names of the authentication levels on the wire.</summary>
public static class AcrValues
{
    private const string Prefix = "urn:vn:eid:auth:";

    /// <summary>OpenID Connect Core §2: the value for an authentication that meets no level.</summary>
    public const string NoLevel = "0";

    /// <summary>What discovery announces, weakest first.</summary>
    public static IReadOnlyList<string> Supported { get; } = [For(1), For(2), For(3), For(4)];

    public static string For(int level) => level switch
    {
        0 => NoLevel,
        >= 1 and <= 4 => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{level}"),
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "Levels are 0 to 4."),
    };

    /// <summary>Reads our own names and the aliases LoA1 to LoA4. For requests only: an upstream's LoA1 says nothing we can rely on.</summary>
    public static bool TryReadRequested(string value, out int level)
    {
        var digit = value.StartsWith(Prefix, StringComparison.Ordinal) ? value[Prefix.Length..]
            : value.StartsWith("LoA", StringComparison.Ordinal) ? value[3..]
            : "";
        level = digit is ['1' or '2' or '3' or '4'] ? digit[0] - '0' : 0;
        return level > 0;
    }

    /// <summary>
    /// The level that satisfies a list of alternatives: its lowest, because a stronger sign-in answers a weaker wish. Null when no
    /// value is known to us: harmless for <c>acr_values</c>, a refusal for an essential claim.
    /// </summary>
    public static int? LowestRequested(IEnumerable<string> values) =>
        values.Select(value => TryReadRequested(value, out var level) ? level : (int?)null).Min();
}
