namespace Identity.Domain.Clients;

/// <summary>A text that citizens read, in the two languages of the pages.</summary>
public sealed record LocalizedText(string Vi, string En)
{
    public static readonly LocalizedText Empty = new("", "");

    /// <summary>Vietnamese unless the language tag is English.</summary>
    public string In(string? language) =>
        language is not null && language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En : Vi;
}
