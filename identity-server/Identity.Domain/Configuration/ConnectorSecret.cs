using System.Buffers;
using System.Text.Json;

namespace Identity.Domain.Configuration;

/// <summary>Keeps an upstream's client secret apart from the document that people read, compare and mail around.</summary>
public static class ConnectorSecret
{
    public const string Member = "client_secret";
    public const string Mask = "***";

    // With discovery it is the metadata that names the token endpoint.
    private static readonly string[] Destination = ["issuer", "token_endpoint", "discovery", "metadata_address"];

    internal static readonly JsonElement NoSettings = JsonElement.Parse("{}");

    /// <summary>The settings without the secret, and the secret.</summary>
    public static (JsonElement Settings, string? Secret) Split(JsonElement settings) =>
        settings.TryGetProperty(Member, out var secret) && secret.ValueKind == JsonValueKind.String
            ? (PutInto(settings, null), secret.GetString())
            : (settings.Clone(), null);

    /// <summary>The settings with this secret as their last member, or with none.</summary>
    public static JsonElement PutInto(JsonElement settings, string? secret)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in settings.EnumerateObject().Where(m => m.Name != Member)) member.WriteTo(json);
            if (secret is not null) json.WriteString(Member, secret);
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
        && Destination.All(member => RawOf(before.Settings, member) == RawOf(settings, member));

    private static string? RawOf(JsonElement settings, string member) =>
        settings.TryGetProperty(member, out var value) ? value.GetRawText() : null;
}
