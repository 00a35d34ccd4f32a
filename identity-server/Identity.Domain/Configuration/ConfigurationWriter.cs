using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Identity.Domain.Clients;
using Identity.Domain.Policies;

namespace Identity.Domain.Configuration;

/// <summary>
/// Writes what <see cref="ConfigurationReader"/> reads, always in the same order and spelling, so that two exports can be compared line
/// by line. Secrets of clients leave as digests, secrets of connectors as a mask.
/// </summary>
public static class ConfigurationWriter
{
    internal const string MomentFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    // Relaxed, so that Vietnamese and "&" stay readable: the text goes to files and columns, never into a page unescaped.
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ConfigurationDocument document) => Write(json =>
    {
        WriteList(json, "sectors", document.Sectors, ItemWriters.Write);
        WriteList(json, "scopes", document.Scopes, ItemWriters.Write);
        WriteList(json, "resources", document.Resources, ItemWriters.Write);
        WriteList(json, "connectors", document.Connectors, ItemWriters.Write);
        WriteList(json, "clients", document.Clients, ClientWriter.Write);
        WriteList(json, "policies", document.Policies, PolicyWriter.Write);
    }) + "\n";

    public static string Write(Client client) => Write(json => ClientWriter.Write(json, client));
    public static string Write(Scope scope) => Write(json => ItemWriters.Write(json, scope));
    public static string Write(Resource resource) => Write(json => ItemWriters.Write(json, resource));
    public static string Write(Sector sector) => Write(json => ItemWriters.Write(json, sector));
    public static string Write(Policy policy) => Write(json => PolicyWriter.Write(json, policy));

    /// <summary>With the secrets masked; store <see cref="ConnectorRegistration.Secrets"/> apart and protected.</summary>
    public static string Write(ConnectorRegistration connector) => Write(json => ItemWriters.Write(json, connector));

    internal static void WriteMoment(this Utf8JsonWriter json, string member, DateTimeOffset? moment)
    {
        if (moment is { } value) json.WriteString(member, value.UtcDateTime.ToString(MomentFormat, CultureInfo.InvariantCulture));
    }

    /// <summary>Production is what nobody has to say.</summary>
    internal static void WriteEnvironment(this Utf8JsonWriter json, ClientEnvironment environment)
    {
        if (environment != ClientEnvironment.Production) json.WriteString("environment", WireNames.Environments.Of(environment));
    }

    internal static void WriteOptional(this Utf8JsonWriter json, string member, string? text)
    {
        if (text is not null) json.WriteString(member, text);
    }

    internal static void WriteLocalized(this Utf8JsonWriter json, string member, LocalizedText? text)
    {
        if (text is null) return;
        json.WriteStartObject(member);
        json.WriteString("vi", text.Vi);
        json.WriteString("en", text.En);
        json.WriteEndObject();
    }

    /// <summary>Nothing for an empty list: absent and empty mean the same.</summary>
    internal static void WriteTexts(this Utf8JsonWriter json, string member, IEnumerable<string> texts)
    {
        var list = texts.ToList();
        if (list.Count == 0) return;
        json.WriteStartArray(member);
        foreach (var text in list) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    internal static void WriteList<T>(this Utf8JsonWriter json, string member, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0) return;
        json.WriteStartArray(member);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
