using System.Buffers;
using System.Text.Json;

namespace Identity.Domain.Configuration;

/// <summary>Keeps the secret that we show an upstream apart from the document that people read, compare and mail around.</summary>
public static class ConnectorSecret
{
    public const string Mask = "***";

    // With discovery it is the metadata that names the token endpoint.
    private static readonly string[] OidcDestination = ["issuer", "token_endpoint", "discovery", "metadata_address"];
    private static readonly string[] LdapDestination = ["host", "port", "security", "ca_certificates", "ca_files"];

    /// <summary>What the protocol calls it.</summary>
    public static string MemberOf(ConnectorProtocol protocol) => protocol == ConnectorProtocol.Ldap ? "bind_password" : "client_secret";

    internal static readonly JsonElement NoSettings = JsonElement.Parse("{}");

    /// <summary>The settings without the secret, and the secret.</summary>
    public static (JsonElement Settings, string? Secret) Split(ConnectorProtocol protocol, JsonElement settings) =>
        settings.TryGetProperty(MemberOf(protocol), out var secret) && secret.ValueKind == JsonValueKind.String
            ? (PutInto(protocol, settings, null), secret.GetString())
            : (settings.Clone(), null);

    /// <summary>The settings with this secret as their last member, or with none.</summary>
    public static JsonElement PutInto(ConnectorProtocol protocol, JsonElement settings, string? secret)
    {
        var own = MemberOf(protocol);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in settings.EnumerateObject().Where(m => m.Name != own)) member.WriteTo(json);
            if (secret is not null) json.WriteString(own, secret);
            json.WriteEndObject();
        }
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>
    /// Whether a masked secret may keep standing for the stored one. Not after the address it is sent to has changed: else whoever
    /// may edit the address could read the secret (security.md F8).
    /// </summary>
    public static bool MaySurvive(ConnectorRegistration before, ConnectorProtocol protocol, JsonElement settings) =>
        before.ClientSecret is not null && before.Protocol == protocol
        && DestinationOf(protocol).All(member => RawOf(before.Settings, member) == RawOf(settings, member));

    /// <summary>Members that say to whom the secret goes.</summary>
    public static IReadOnlyList<string> DestinationOf(ConnectorProtocol protocol) => protocol == ConnectorProtocol.Ldap ? LdapDestination : OidcDestination;

    private static string? RawOf(JsonElement settings, string member) =>
        settings.TryGetProperty(member, out var value) ? value.GetRawText() : null;
}
