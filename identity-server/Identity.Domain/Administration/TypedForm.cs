using System.Buffers.Text;
using System.Text.Json;

namespace Identity.Domain.Administration;

/// <summary>What somebody had typed and chosen, on its way over a sign-in.</summary>
public sealed record TypedForm(IReadOnlyDictionary<string, string[]> Fields, ChosenFile? File = null)
{
    /// <summary>No field of a page of ours is called like this.</summary>
    private const string FileKey = "";

    public string? Find(string field) => Fields.GetValueOrDefault(field)?[0];

    /// <summary>ASCII alone: one letter is one byte, wherever it is cut.</summary>
    internal string Write()
    {
        var all = Fields.Where(f => f.Key != FileKey).ToDictionary(f => f.Key, f => f.Value);
        if (File is { } file) all[FileKey] = [file.Field, file.Name, Base64Url.EncodeToString(file.Bytes)];
        return JsonSerializer.Serialize(all);
    }

    internal static TypedForm Read(string json)
    {
        var all = JsonSerializer.Deserialize<Dictionary<string, string[]>>(json)!;
        return all.Remove(FileKey, out var file) ? new(all, new(file[0], file[1], Base64Url.DecodeFromChars(file[2]))) : new(all);
    }
}

/// <param name="Field">Of the form, in which it was sent.</param>
/// <param name="Name">As the browser called it, without folders.</param>
public sealed record ChosenFile(string Field, string Name, byte[] Bytes);
