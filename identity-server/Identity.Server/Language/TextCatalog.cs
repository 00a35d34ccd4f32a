using System.Reflection;
using System.Text.Json;

namespace Identity.Server.Language;

/// <summary>Every sentence that people read, in both languages, as shipped inside the assembly.</summary>
public sealed class TextCatalog(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> byLanguage)
{
    /// <summary>The first one is what a person gets who asked for neither.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["vi", "en"];

    public static TextCatalog Load() => new(Languages.ToDictionary(language => language, Read));

    public IReadOnlyDictionary<string, string> In(string language) => byLanguage[language];

    private static IReadOnlyDictionary<string, string> Read(string language)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Language/{language}.json")
            ?? throw new InvalidOperationException($"The texts of language '{language}' are not in the assembly.");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
    }
}
