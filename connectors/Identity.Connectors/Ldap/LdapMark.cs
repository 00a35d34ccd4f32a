using System.Globalization;

namespace Identity.Connectors.Ldap;

/// <summary>One way to tell from an entry that it is disabled, locked, or nobody's own. Everything that is given must hold.</summary>
public sealed record LdapMark
{
    /// <summary>Alone it means that the attribute is there at all (<c>pwdAccountLockedTime</c>).</summary>
    public string? Attribute { get; init; }

    /// <summary>In any case; one of the attribute's values.</summary>
    public string? Value { get; init; }

    /// <summary>A bit of a number (<c>userAccountControl</c>, 2: disabled).</summary>
    public int? Bit { get; init; }

    /// <summary>Entries below this one (<c>ou=chung,dc=mau,dc=example</c>).</summary>
    public string? Under { get; init; }

    internal bool IsSound => (Attribute is { Length: > 0 } || Under is { Length: > 0 })
        && (Attribute is not null || (Value is null && Bit is null)) && (Value is null || Bit is null) && Bit is null or > 0;

    internal bool Matches(LdapEntry entry) =>
        (Under is null || Plain(entry.Dn).EndsWith("," + Plain(Under), StringComparison.OrdinalIgnoreCase))
        && (Attribute is null || Holds(entry.Texts(Attribute)));

    private bool Holds(IEnumerable<string> values) =>
        Value is not null ? values.Contains(Value, StringComparer.OrdinalIgnoreCase)
        : Bit is { } bit ? values.Any(v => long.TryParse(v, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && (number & bit) != 0)
        : values.Any();

    // Spaces around commas mean nothing in a name (RFC 4514 §2.4 allows readers to meet them).
    private static string Plain(string dn) => string.Join(',', dn.Split(',').Select(part => part.Trim()));
}
