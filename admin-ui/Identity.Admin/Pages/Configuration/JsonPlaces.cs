using System.Text;
using System.Text.Json;

namespace Identity.Admin.Pages.Configuration;

/// <summary>On which line of a typed text the member stands that an error speaks of.</summary>
public static class JsonPlaces
{
    /// <returns>Paths as the configuration's errors have them, with their lines, counted from 0. Empty for what is not JSON.</returns>
    public static IReadOnlyDictionary<string, int> Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(bytes);
        try
        {
            reader.Read();
            ReadValue(ref reader, "", bytes, places);
        }
        catch (JsonException)
        {
            return new Dictionary<string, int>();
        }
        return places;
    }

    /// <summary>The line of the nearest member that is there: a missing one is reported at what should hold it.</summary>
    public static int LineOf(string path, IReadOnlyDictionary<string, int> places)
    {
        for (var place = path; place.Length > 0; place = place[..Math.Max(0, place.LastIndexOfAny(['.', '[']))])
            if (places.TryGetValue(place, out var line)) return line;
        return 0;
    }

    private static void ReadValue(ref Utf8JsonReader reader, string path, byte[] bytes, Dictionary<string, int> places)
    {
        places.TryAdd(path, bytes.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n'));
        if (reader.TokenType == JsonTokenType.StartObject)
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var name = reader.GetString()!;
                places.TryAdd(Join(path, name), bytes.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n'));
                reader.Read();
                ReadValue(ref reader, Join(path, name), bytes, places);
            }
        else if (reader.TokenType == JsonTokenType.StartArray)
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++) ReadValue(ref reader, $"{path}[{index}]", bytes, places);
    }

    private static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";
}
