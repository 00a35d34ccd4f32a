using System.Globalization;
using System.Text.Json;
using Identity.Protocols.Federation;

namespace Identity.Connectors.AuthorizationCode;

/// <summary>
/// Foreign claims into canonical attributes. A value that does not have its attribute's form is left out: half a birth date or
/// a nine-digit number in the place of a twelve-digit one would later be matched against people.
/// </summary>
internal sealed class AttributeMapping(UpstreamSettings settings)
{
    private readonly Dictionary<string, string> _genders = settings.GenderValues
        .DistinctBy(g => AttributeForm.Clean(g.Key), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(g => AttributeForm.Clean(g.Key), g => g.Value, StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, string> Map(UpstreamClaims claims)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (attribute, names) in settings.AttributeClaims)
            if (claims.First(names) is { } claim && Value(attribute, claim) is { } value)
                attributes[attribute] = value;
        return attributes;
    }

    private string? Value(string attribute, JsonElement claim)
    {
        if (attribute is AttributeNames.EmailVerified or AttributeNames.PhoneNumberVerified) return Verdict(claim);
        var text = UpstreamClaims.Text(claim);
        if (text.Length > AttributeForm.LongestValue || AttributeForm.Clean(text) is not { Length: > 0 and <= AttributeForm.LongestValue } clean) return null;
        return attribute switch
        {
            AttributeNames.BirthDate => BirthDate(clean),
            AttributeNames.Gender => _genders.GetValueOrDefault(clean),
            AttributeNames.PhoneNumber => AttributeForm.PhoneNumber(clean, settings.PhoneCountryCode),
            AttributeNames.PersonalNumber => PersonalNumber(clean),
            AttributeNames.Email => AttributeForm.IsAddress(clean) ? clean : null,
            _ => clean,
        };
    }

    /// <summary>Only the JSON literal counts; the word "true" is what an unverified mailbox looks like in a careless upstream.</summary>
    private static string? Verdict(JsonElement claim) => claim.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private string? BirthDate(string text)
    {
        if (text.Length == 4 && text.All(char.IsAsciiDigit)) return text == "0000" ? null : text;
        return DateOnly.TryParseExact(text, settings.BirthdateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
    }

    private static string? PersonalNumber(string text)
    {
        var digits = text.Replace(" ", "", StringComparison.Ordinal);
        return digits.Length == 12 && digits.All(char.IsAsciiDigit) ? digits : null;
    }
}
