using System.Globalization;
using System.Text.Json;
using Identity.Protocols.Federation;

namespace Identity.Connectors.Register;

/// <summary>
/// Turns the register's JSON into our words. An entry that lacks its tax code, its name or a known state is malformed as a whole:
/// half an organisation would make people lose or keep rights by accident.
/// </summary>
internal sealed class RegisterEntry(RegisterConnectorSettings settings)
{
    /// <summary>Our names for what a register says; settings give the register's.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "organisations", "tax_code", "enterprise_code", "name", "foreign_name", "state", "dissolved_on", "officers", "branches",
        "personal_number", "birth_date", "role", "position", "since",
    ];

    private static readonly TimeSpan VietnamOffset = TimeSpan.FromHours(7);
    private const int MostOfficers = 200;
    private const int MostBranches = 500;
    private const int LongestText = 400;

    /// <summary>The organisation, or what is wrong with it.</summary>
    public (RegisteredOrganisation? Organisation, string? Problem) Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return (null, "an organisation is not an object");
        if (Text(json, "tax_code") is not { } taxCode || Text(json, "name") is not { } name) return (null, "tax_code or name is missing");
        if (StateOf(json) is not { } state) return (null, "state is missing or a word that is not configured");
        if (Items(json, "officers", MostOfficers) is not { } officers || Items(json, "branches", MostBranches) is not { } branches) return (null, "officers or branches are no list, or too long");
        var people = officers.Select(Officer).ToList();
        if (people.Any(p => p.IsBroken)) return (null, "an officer has no number or no role");
        return (new RegisteredOrganisation(taxCode, name, state, [.. people.Where(p => p.Officer is not null).Select(p => p.Officer!)], [.. branches.Select(Branch).OfType<RegisteredBranch>()])
        {
            EnterpriseCode = Text(json, "enterprise_code"),
            ForeignName = Text(json, "foreign_name"),
            DissolvedAt = Day(json, "dissolved_on"),
        }, null);
    }

    /// <summary>The list inside an answer about a person; null when there is none.</summary>
    public IReadOnlyList<JsonElement>? Organisations(JsonElement json) =>
        Find(json, "organisations") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() <= settings.MaxOrganisations ? [.. list.EnumerateArray()] : null;

    private (RegisteredOfficer? Officer, bool IsBroken) Officer(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || Text(json, "personal_number") is not { } number || Text(json, "role") is not { } word) return (null, true);
        if (!settings.Roles.TryGetValue(word, out var role)) return (null, false);
        return (new RegisteredOfficer(number.Replace(" ", "", StringComparison.Ordinal), Day(json, "birth_date")?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), role)
        {
            Position = Text(json, "position"),
            Since = Day(json, "since"),
        }, false);
    }

    private RegisteredBranch? Branch(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && Text(json, "tax_code") is { } taxCode && Text(json, "name") is { } name && StateOf(json) is { } state ? new(taxCode, name, state) : null;

    private RegisteredState? StateOf(JsonElement json) => Text(json, "state") is { } word && settings.States.TryGetValue(word, out var state) ? state : null;

    private string? Text(JsonElement json, string name) =>
        Find(json, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 and <= LongestText } text && !text.Any(char.IsControl) ? text : null;

    private DateTimeOffset? Day(JsonElement json, string name) =>
        Text(json, name) is { } text && DateOnly.TryParseExact(text, settings.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), VietnamOffset)
            : null;

    /// <summary>An absent list is an empty one; something else in its place, or too much of it, is null.</summary>
    private IReadOnlyList<JsonElement>? Items(JsonElement json, string name, int most) => Find(json, name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => [],
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() <= most => [.. list.EnumerateArray()],
        _ => null,
    };

    private JsonElement? Find(JsonElement json, string name)
    {
        var found = json;
        foreach (var step in settings.Member(name).Split('/', StringSplitOptions.RemoveEmptyEntries))
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(step, out found)) return null;
        return found;
    }
}
