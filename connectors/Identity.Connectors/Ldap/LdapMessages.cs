using System.Formats.Asn1;
using System.Text;

namespace Identity.Connectors.Ldap;

/// <summary>RFC 4511 §4: the few messages that signing in and listing need, as bytes. What was typed only ever becomes an octet string with a length, so there is nothing to escape.</summary>
internal static class LdapMessages
{
    private const string StartTlsName = "1.3.6.1.4.1.1466.20037";
    private const string PagedResultsName = "1.2.840.113556.1.4.319";
    private static readonly Asn1Tag ControlsTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    public static byte[] Bind(int id, string dn, string password) => Message(id, writer =>
    {
        using var _ = writer.PushSequence(Application(LdapOperation.BindRequest));
        writer.WriteInteger(3);
        WriteText(writer, dn);
        WriteText(writer, password, new Asn1Tag(TagClass.ContextSpecific, 0));      // simple
    });

    public static byte[] StartTls(int id) => Message(id, writer =>
    {
        using var _ = writer.PushSequence(Application(LdapOperation.ExtendedRequest));
        WriteText(writer, StartTlsName, new Asn1Tag(TagClass.ContextSpecific, 0));
    });

    public static byte[] Unbind(int id) => Message(id, writer => writer.WriteNull(new Asn1Tag(TagClass.Application, (int)LdapOperation.UnbindRequest)));

    public static byte[] Search(int id, LdapQuery query, byte[]? pageCookie) => Message(id, writer =>
    {
        using (writer.PushSequence(Application(LdapOperation.SearchRequest)))
        {
            WriteText(writer, query.Base);
            writer.WriteEnumeratedValue(query.Scope);
            writer.WriteEnumeratedValue(LdapDereference.Never);
            writer.WriteInteger(query.PageSize is null ? query.SizeLimit : 0);
            writer.WriteInteger(query.TimeLimitSeconds);
            writer.WriteBoolean(false);
            query.Filter.Write(writer);
            using (writer.PushSequence())
                foreach (var attribute in query.Attributes) WriteText(writer, attribute);
        }
        if (query.PageSize is { } size) WritePaging(writer, size, pageCookie ?? []);
    });

    public static LdapMessage Read(ReadOnlyMemory<byte> bytes)
    {
        var message = new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence();
        if (!message.TryReadInt32(out var id)) throw new AsnContentException();
        var tag = message.PeekTag();
        if (tag.TagClass != TagClass.Application) throw new AsnContentException();
        var body = message.ReadSequence(tag);
        var operation = (LdapOperation)tag.TagValue;
        return operation switch
        {
            LdapOperation.SearchResultEntry => new LdapMessage(id, operation) { Entry = ReadEntry(body) },
            LdapOperation.SearchResultReference => new LdapMessage(id, operation),
            _ => new LdapMessage(id, operation) { Result = ReadResult(body), PageCookie = ReadCookie(message) },
        };
    }

    public static void WriteText(AsnWriter writer, string text, Asn1Tag? tag = null) => writer.WriteOctetString(Encoding.UTF8.GetBytes(text), tag);

    private static byte[] Message(int id, Action<AsnWriter> operation)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            operation(writer);
        }
        return writer.Encode();
    }

    /// <summary>RFC 2696.</summary>
    private static void WritePaging(AsnWriter writer, int size, byte[] cookie)
    {
        var value = new AsnWriter(AsnEncodingRules.BER);
        using (value.PushSequence())
        {
            value.WriteInteger(size);
            value.WriteOctetString(cookie);
        }
        using (writer.PushSequence(ControlsTag))
        using (writer.PushSequence())
        {
            WriteText(writer, PagedResultsName);
            writer.WriteBoolean(true);
            writer.WriteOctetString(value.Encode());
        }
    }

    private static LdapEntry ReadEntry(AsnReader body)
    {
        var dn = Encoding.UTF8.GetString(body.ReadOctetString());
        var attributes = new Dictionary<string, IReadOnlyList<byte[]>>(StringComparer.OrdinalIgnoreCase);
        var list = body.ReadSequence();
        while (list.HasData)
        {
            var attribute = list.ReadSequence();
            var name = Encoding.UTF8.GetString(attribute.ReadOctetString());
            var values = new List<byte[]>();
            var set = attribute.ReadSetOf(skipSortOrderValidation: true);
            while (set.HasData) values.Add(set.ReadOctetString());
            attributes[name] = values;
        }
        return new LdapEntry(dn, attributes);
    }

    private static LdapResult ReadResult(AsnReader body)
    {
        var code = body.ReadEnumeratedBytes();
        if (code.Length != 1) throw new AsnContentException();
        body.ReadOctetString();     // matchedDN
        return LdapResult.Of(code.Span[0], Encoding.UTF8.GetString(body.ReadOctetString()));
    }

    private static byte[] ReadCookie(AsnReader message)
    {
        if (!message.HasData || message.PeekTag() != ControlsTag) return [];
        var controls = message.ReadSequence(ControlsTag);
        while (controls.HasData)
        {
            var control = controls.ReadSequence();
            var name = Encoding.UTF8.GetString(control.ReadOctetString());
            if (control.HasData && control.PeekTag() == Asn1Tag.Boolean) control.ReadBoolean();
            if (name != PagedResultsName || !control.HasData) continue;
            var value = new AsnReader(control.ReadOctetString(), AsnEncodingRules.BER).ReadSequence();
            value.ReadInteger();
            return value.ReadOctetString();
        }
        return [];
    }

    private static Asn1Tag Application(LdapOperation operation) => new(TagClass.Application, (int)operation, isConstructed: true);
}

internal enum LdapOperation
{
    BindRequest = 0,
    BindResponse = 1,
    UnbindRequest = 2,
    SearchRequest = 3,
    SearchResultEntry = 4,
    SearchResultDone = 5,
    SearchResultReference = 19,
    ExtendedRequest = 23,
    ExtendedResponse = 24,
}

internal enum LdapScope
{
    Entry = 0,
    Children = 1,
    Subtree = 2,
}

internal enum LdapDereference
{
    Never = 0,
}

internal sealed record LdapMessage(int Id, LdapOperation Operation)
{
    public LdapEntry? Entry { get; init; }
    public LdapResult? Result { get; init; }
    public byte[] PageCookie { get; init; } = [];
}
