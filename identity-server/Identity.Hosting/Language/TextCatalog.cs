using System.Reflection;
using System.Text.Json;

namespace Identity.Hosting.Language;

/// <summary>
/// Every sentence that people read at one host, in both languages, as shipped inside its assembly; and what the hosts say alike, because
/// the administration host shows owners what the public one will say.
/// </summary>
public sealed class TextCatalog(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> byLanguage)
{
    /// <summary>The first one is what a person gets who asked for neither.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["vi", "en"];

    /// <exception cref="ArgumentException">The host has a text of its own for what both say.</exception>
    public static TextCatalog Load(Assembly host) => new(Languages.ToDictionary(language => language, IReadOnlyDictionary<string, string> (language) =>
        new Dictionary<string, string>([.. Read(typeof(TextCatalog).Assembly, language), .. Read(host, language)])));

    public IReadOnlyDictionary<string, string> In(string language) => byLanguage[language];

    private static Dictionary<string, string> Read(Assembly host, string language)
    {
        using var file = host.GetManifestResourceStream($"Language/{language}.json")
            ?? throw new InvalidOperationException($"The texts of language '{language}' are not in the assembly.");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
    }
}
