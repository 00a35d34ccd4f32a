using System.Text.Json;

namespace Identity.Connectors.AuthorizationCode;

/// <summary>A JSON object of the upstream's, read without believing in its types.</summary>
internal sealed class JsonObjectReader(JsonElement json)
{
    public JsonElement Json { get; } = json;

    /// <summary>Null when absent, empty or not a string.</summary>
    public string? Text(string member) =>
        Json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    public Uri? Address(string member) => Uri.TryCreate(Text(member), UriKind.Absolute, out var address) ? address : null;

    public bool IsTrue(string member) => Json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.True;
}
