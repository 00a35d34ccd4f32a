using System.Globalization;
using System.Text;
using Identity.Domain.Clients;
using Identity.Domain.Linking;

namespace Identity.Server.Account;

/// <summary>Which applications a person finds on their page. Pure, and the only place that decides it.</summary>
public static class LauncherRules
{
    /// <summary>Above this many, finding by eye takes longer than typing.</summary>
    public const int SearchAbove = 7;

    /// <summary>Last used first, then by name. Never an application whose door this person could not pass, or that does not take them as what they are now.</summary>
    public static IReadOnlyList<LauncherCandidate> Offer(LauncherFacts facts) =>
    [
        .. facts.Candidates.Where(candidate => IsOffered(candidate, facts))
            .OrderByDescending(candidate => candidate.LastUsedAt ?? DateTimeOffset.MinValue)
            .ThenBy(candidate => candidate.Client.ClientName.In(facts.Language), StringComparer.Create(CultureInfo.InvariantCulture, ignoreCase: true)),
    ];

    private static bool IsOffered(LauncherCandidate candidate, LauncherFacts facts) =>
        candidate.Client is { Enabled: true, Launcher: true, InitiateLoginUri: not null } client
        && client.Allows(GrantType.AuthorizationCode)
        && candidate.Capacities.Contains(facts.Capacity)
        // A door that proves enough; what else is missing (a second factor, freshness) is asked for on the way.
        && facts.Doors.Any(door => door.Opens && door.Proofing >= client.MinimumProofing && candidate.Ways.Contains(door.Connector))
        && Matches(candidate, facts);

    private static bool Matches(LauncherCandidate candidate, LauncherFacts facts)
    {
        var sought = Plain(facts.Search);
        return sought.Length == 0 || new[] { candidate.Client.ClientName, candidate.Client.Agency, candidate.Client.Description }
            .Any(text => text is not null && (Plain(text.Vi).Contains(sought, StringComparison.Ordinal) || Plain(text.En).Contains(sought, StringComparison.Ordinal)));
    }

    /// <summary>Typed without marks, found with them.</summary>
    private static string Plain(string? text)
    {
        var plain = new StringBuilder();
        foreach (var letter in (text ?? "").Trim().Where(c => !char.IsSurrogate(c) && c is not ('\uFFFE' or '\uFFFF')).ToArray().AsSpan().ToString().Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                plain.Append(letter is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(letter));
        return plain.ToString();
    }
}

/// <param name="Doors">Of the person, with the password of our own as one.</param>
/// <param name="Capacity">Id of the one in which the person looks at the page.</param>
/// <param name="Language">Of the page, for the order of names.</param>
public sealed record LauncherFacts(IReadOnlyList<LauncherCandidate> Candidates, IReadOnlyList<DoorFacts> Doors, string Capacity, string Language)
{
    /// <summary>What was typed into the search field, or null.</summary>
    public string? Search { get; init; }
}

/// <param name="Ways">Connectors that are switched on, that the application accepts and that can reach what it asks for.</param>
/// <param name="Capacities">Ids of those in which the application takes this person today.</param>
/// <param name="LastUsedAt">By this person.</param>
public sealed record LauncherCandidate(Client Client, IReadOnlyCollection<string> Ways, IReadOnlyCollection<string> Capacities, DateTimeOffset? LastUsedAt);
