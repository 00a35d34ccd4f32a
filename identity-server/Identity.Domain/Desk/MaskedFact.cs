using System.Globalization;
using Identity.Domain.People;
using Identity.Protocols.Federation;

namespace Identity.Domain.Desk;

/// <summary>One thing that is known about a person, as a desk sees it before it asks for more: enough to compare with a card, too little to copy.</summary>
/// <param name="Name">One of <see cref="AttributeNames"/>.</param>
/// <param name="Source">Connector that vouches for it.</param>
public sealed record MaskedFact(string Name, string Masked, string Source, DateTimeOffset Since)
{
    private const string Dots = "••••";

    /// <summary>What a desk compares; whatever else applications are told about a person is none of its business.</summary>
    public static readonly IReadOnlyList<string> Compared =
        [AttributeNames.Name, AttributeNames.PersonalNumber, AttributeNames.BirthDate, AttributeNames.Email, AttributeNames.PhoneNumber, AttributeNames.OrganisationUnit, AttributeNames.JobTitle, AttributeNames.EmployeeNumber];

    /// <summary>The same for an agency: what its own records and its own mail say.</summary>
    public static readonly IReadOnlyList<string> OfOffice = [AttributeNames.Name, AttributeNames.Email, AttributeNames.OrganisationUnit, AttributeNames.JobTitle, AttributeNames.EmployeeNumber];

    public static IReadOnlyList<MaskedFact> Of(IReadOnlyDictionary<string, SourcedValue> values, bool ofOffice) =>
        [.. (ofOffice ? OfOffice : Compared).Where(values.ContainsKey).Select(name => new MaskedFact(name, Mask(name, values[name].Value), values[name].Source, values[name].ObtainedAt))];

    public static string Mask(string name, string value) => name switch
    {
        AttributeNames.Name => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => StringInfo.GetNextTextElement(word) + "••")),
        AttributeNames.BirthDate => value.Length >= 4 ? $"••/••/{value[..4]}" : Dots,
        AttributeNames.Email => value.IndexOf('@', StringComparison.Ordinal) is var at and > 0 ? $"{value[0]}•••{value[at..]}" : Dots,
        AttributeNames.OrganisationUnit or AttributeNames.JobTitle => value,
        _ => value.Length > 6 ? $"{Dots}{value[^4..]}" : Dots,
    };

    public override string ToString() => $"MaskedFact({Name})";
}
