using System.Buffers;
using System.Text.Json;

namespace Identity.Domain.Configuration;

/// <summary>Keeps what an upstream's settings hold in secret apart from the document that people read, compare and mail around.</summary>
public static class ConnectorSecret
{
    public const string Mask = "***";

    private const string ClientSecret = "client_secret";

    /// <summary>
    /// Every secret member of any protocol, with the members that say where it is sent. With discovery it is the metadata that names the
    /// token endpoint; a private key is sent nowhere, but the codes that it opens are.
    /// </summary>
    private static readonly (string Member, string[] Destination)[] Members =
    [
        (ClientSecret, ["issuer", "token_endpoint", "discovery", "metadata_address"]),
        ("private_key", ["issuer", "token_endpoint"]),
        ("bind_password", ["host", "port", "security", "ca_certificates", "ca_files"]),
    ];

    internal static readonly JsonElement NoSettings = JsonElement.Parse("{}");

    public static readonly IReadOnlyDictionary<string, string> None = new SortedDictionary<string, string>(StringComparer.Ordinal);

    internal static bool IsSecret(string member) => Members.Any(m => m.Member == member);

    /// <summary>The settings without the secrets, and the secrets by their members' names. A secret that is no text stays where it is.</summary>
    public static (JsonElement Settings, IReadOnlyDictionary<string, string> Secrets) Split(JsonElement settings)
    {
        var secrets = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (member, _) in Members)
            if (settings.TryGetProperty(member, out var secret) && secret.ValueKind == JsonValueKind.String) secrets[member] = secret.GetString()!;
        return (Write(settings.EnumerateObject().Where(m => !secrets.ContainsKey(m.Name)), None), secrets);
    }

    /// <summary>The settings with these secrets as their last members.</summary>
    public static JsonElement PutInto(JsonElement settings, IReadOnlyDictionary<string, string> secrets) =>
        Write(settings.EnumerateObject().Where(m => !secrets.ContainsKey(m.Name)), secrets);

    /// <summary>
    /// Whether a masked secret may keep standing for the stored one. Not after the address it is sent to has changed: else whoever
    /// may edit the address could read the secret (security.md F8).
    /// </summary>
    public static bool MaySurvive(string member, ConnectorRegistration before, ConnectorProtocol protocol, JsonElement settings) =>
        before.Secrets.ContainsKey(member) && before.Protocol == protocol
        && DestinationOf(member).All(name => RawOf(before.Settings, name) == RawOf(settings, name));

    internal static string[] DestinationOf(string member) => Members.First(m => m.Member == member).Destination;

    /// <summary>One text for the protected column: a lone client secret as it is, which every version reads, anything else as an object.</summary>
    public static string? ToStored(IReadOnlyDictionary<string, string> secrets) =>
        secrets.Count == 0 ? null
        : secrets.Count == 1 && secrets.TryGetValue(ClientSecret, out var alone) && !alone.StartsWith('{') ? alone
        : Write([], secrets).GetRawText();

    public static IReadOnlyDictionary<string, string> FromStored(string? stored)
    {
        if (stored is null) return None;
        return stored.StartsWith('{') && ReadObject(stored) is { } secrets
            ? secrets
            : new SortedDictionary<string, string>(StringComparer.Ordinal) { [ClientSecret] = stored };
    }

    private static SortedDictionary<string, string>? ReadObject(string stored)
    {
        try
        {
            var secrets = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var member in JsonElement.Parse(stored).EnumerateObject())
                if (IsSecret(member.Name) && member.Value.ValueKind == JsonValueKind.String) secrets[member.Name] = member.Value.GetString()!;
                else return null;
            return secrets;
        }
        catch (JsonException)
        {
            return null;    // a client secret that begins with a brace
        }
    }

    private static JsonElement Write(IEnumerable<JsonProperty> members, IReadOnlyDictionary<string, string> secrets)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in members) member.WriteTo(json);
            foreach (var (name, secret) in secrets) json.WriteString(name, secret);
            json.WriteEndObject();
        }
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static string? RawOf(JsonElement settings, string member) =>
        settings.TryGetProperty(member, out var value) ? value.GetRawText() : null;
}
