using System.Text;

namespace Identity.Connectors.Ldap;

/// <summary>Names of attributes in any case: servers differ in how they spell them back.</summary>
internal sealed record LdapEntry(string Dn, IReadOnlyDictionary<string, IReadOnlyList<byte[]>> Attributes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public byte[]? First(string attribute) => Attributes.TryGetValue(attribute, out var values) && values.Count > 0 ? values[0] : null;

    /// <summary>Values that are text; a picture or a key in the place of a name is none.</summary>
    public IEnumerable<string> Texts(string attribute) =>
        Attributes.TryGetValue(attribute, out var values) ? values.Select(Text).OfType<string>() : [];

    public override string ToString() => nameof(LdapEntry);

    private static string? Text(byte[] value)
    {
        try
        {
            return Strict.GetString(value);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
