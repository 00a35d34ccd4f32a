using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Identity.Domain.Audit;

/// <summary>What an exported folder holds. Not signed itself: every block is, and <see cref="Head"/> is what a later trail is compared with.</summary>
public sealed record AuditManifest
{
    public const string FileName = "manifest.json";
    public const string BlocksFile = "blocks.ndjson";

    /// <summary>One object a line in the row files, of the names of the table's columns.</summary>
    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private static readonly JsonSerializerOptions Indented = new(Json) { WriteIndented = true };

    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>First block of the folder.</summary>
    public required long FirstBlock { get; init; }

    /// <summary>Last block of the folder.</summary>
    public required AuditHead Head { get; init; }

    public required long Rows { get; init; }
    public required IReadOnlyList<AuditFile> Files { get; init; }

    /// <summary>Public keys, as JWK.</summary>
    public required IReadOnlyList<JsonElement> Keys { get; init; }

    /// <exception cref="InvalidDataException">It is no manifest.</exception>
    public static async Task<AuditManifest> ReadAsync(string file, CancellationToken ct)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            return await JsonSerializer.DeserializeAsync<AuditManifest>(stream, Json, ct) ?? throw new InvalidDataException($"{file} is empty.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{file} is no manifest of an audit export:", broken);
        }
    }

    public byte[] ToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, Indented);
}

public sealed record AuditFile(string Name, string Sha256, long Lines);
