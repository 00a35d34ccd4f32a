using System.Formats.Asn1;

namespace Identity.Connectors.Ldap;

internal sealed record LdapQuery(string Base, LdapScope Scope, LdapFilter Filter, IReadOnlyList<string> Attributes)
{
    public int SizeLimit { get; init; } = 2;

    /// <summary>RFC 2696: the entries come in pages of this size; null asks for all at once.</summary>
    public int? PageSize { get; init; }

    /// <summary>The server's own; ours is kept by the caller.</summary>
    public int TimeLimitSeconds { get; init; } = 30;
}

/// <summary>RFC 4511 §4.5.1.7, as far as finding people needs it. Values are never part of a filter's text, so no value can change its shape.</summary>
internal abstract record LdapFilter
{
    private LdapFilter() { }

    public abstract void Write(AsnWriter writer);

    public static LdapFilter AllOf(params IEnumerable<LdapFilter> filters) => new Several(0, [.. filters]);

    public static LdapFilter AnyOf(params IEnumerable<LdapFilter> filters) => new Several(1, [.. filters]);

    public static LdapFilter Equal(string attribute, string value) => new Equality(attribute, value);

    public static LdapFilter Has(string attribute) => new Presence(attribute);

    private static Asn1Tag Choice(int number, bool isConstructed) => new(TagClass.ContextSpecific, number, isConstructed);

    private sealed record Several(int Number, IReadOnlyList<LdapFilter> Filters) : LdapFilter
    {
        public override void Write(AsnWriter writer)
        {
            using var _ = writer.PushSetOf(Choice(Number, isConstructed: true));
            foreach (var filter in Filters) filter.Write(writer);
        }
    }

    private sealed record Equality(string Attribute, string Value) : LdapFilter
    {
        public override void Write(AsnWriter writer)
        {
            using var _ = writer.PushSequence(Choice(3, isConstructed: true));
            LdapMessages.WriteText(writer, Attribute);
            LdapMessages.WriteText(writer, Value);
        }

        public override string ToString() => Attribute;
    }

    private sealed record Presence(string Attribute) : LdapFilter
    {
        public override void Write(AsnWriter writer) => LdapMessages.WriteText(writer, Attribute, Choice(7, isConstructed: false));
    }
}
