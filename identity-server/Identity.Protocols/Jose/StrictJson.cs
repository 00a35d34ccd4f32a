using System.Text.Json;
using System.Text.Unicode;

namespace Identity.Protocols.Jose;

/// <summary>
/// Reads JSON that a stranger wrote. Two readers must not be able to see two different objects: duplicate members, comments,
/// broken UTF-8 and half surrogates are refused, so that no later access to a member can throw or disagree.
/// </summary>
public static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    public static bool TryReadObject(ReadOnlySpan<byte> utf8, out JsonElement value)
    {
        value = default;
        try
        {
            if (!Utf8.IsValid(utf8) || !SurrogatesArePaired(utf8)) return false;
            value = JsonElement.Parse(utf8, Options);
            return value.ValueKind == JsonValueKind.Object;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool SurrogatesArePaired(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("\\ud"u8) < 0 && utf8.IndexOf("\\uD"u8) < 0) return true;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Options.MaxDepth });
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                _ = reader.GetString();     // throws InvalidOperationException on half a surrogate
        return true;
    }
}
