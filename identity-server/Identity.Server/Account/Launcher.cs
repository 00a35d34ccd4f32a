using Identity.Domain.Assurance;
using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.Storage;
using Identity.Server.Oidc;
using Identity.Server.Pages.Account;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Server.Account;

/// <summary>
/// Gathers for <see cref="LauncherRules"/> what one person's list depends on, and says it in the language of the page. However many
/// applications there are, they are judged in memory: each kind of row is read once.
/// </summary>
public sealed class Launcher(IdentityDb db, WaysToSignIn ways, ClientRegistry registry, PageLanguage language, IOptions<OidcOptions> options, TimeProvider clock)
{
    public async Task<LauncherList> ReadAsync(Guid personId, LauncherStanding standing, string? search, CancellationToken ct)
    {
        var facts = new LauncherFacts(await CandidatesAsync(personId, standing, ct), await ways.FactsAsync(personId, ct), standing.Current.Id, language.Current);
        var all = LauncherRules.Offer(facts);
        var found = string.IsNullOrWhiteSpace(search) ? all : LauncherRules.Offer(facts with { Search = search });
        // What another capacity would open: said beside the switch, so that nobody tries them one after another.
        var counts = standing.Usable.Where(c => c.Id != standing.Current.Id).ToDictionary(c => c.Id, c => LauncherRules.Offer(facts with { Capacity = c.Id }).Count, StringComparer.Ordinal);
        return new([.. found.Select(c => Tile(c, standing)).GroupBy(tile => tile.Agency).Select(group => new LauncherGroup(group.Key, [.. group]))], all.Count > LauncherRules.SearchAbove, counts);
    }

    /// <summary>An application of the list; null for every other one.</summary>
    public Client? Find(string? clientId) => registry.FindClient(clientId) is { Enabled: true, Launcher: true, InitiateLoginUri: not null } client ? client : null;

    /// <summary>OpenID Connect Core 1.0 §4: the address learns who asks it to begin.</summary>
    public Uri AddressOf(Client client) => new(QueryHelpers.AddQueryString(client.InitiateLoginUri!, "iss", options.Value.Issuer));

    private async Task<List<LauncherCandidate>> CandidatesAsync(Guid personId, LauncherStanding standing, CancellationToken ct)
    {
        var visits = await db.Grants.Where(g => g.PersonId == personId).GroupBy(g => g.ClientId).Select(g => new { Client = g.Key, Last = g.Max(x => x.CreatedAt) })
            .ToDictionaryAsync(g => g.Client, g => g.Last, StringComparer.Ordinal, ct);
        var now = clock.GetUtcNow();
        return [.. registry.Document.Clients.Where(c => c.Launcher).Select(c => new LauncherCandidate(
            c, [.. registry.ConnectorsFor(c).Select(way => way.Name)], [.. CapacityRules.Judge(standing.Evidence, c, now).Usable.Where(u => CanReach(c, u.Kind)).Select(u => u.Id)],
            visits.TryGetValue(c.ClientId, out var last) ? last : null))];
    }

    /// <summary>What an application asks of officials, say, may be more than any of its ways can prove.</summary>
    private bool CanReach(Client client, CapacityKind kind) => !client.MinimumByCapacity.TryGetValue(kind, out var minimum)
        || registry.ConnectorsFor(client).Any(way => Math.Max(way.Assurance.LevelCeiling, AssurancePolicy.JoinedCeiling) >= minimum.Acr);

    private LauncherTile Tile(LauncherCandidate candidate, LauncherStanding standing)
    {
        var client = candidate.Client;
        return new(client.ClientName.In(language.Current), client.Agency.In(language.Current), client.Description?.In(language.Current), AddressOf(client), candidate.LastUsedAt)
        {
            Logo = ShownLogo.Of(client.Logo),
            OpensAs = standing.IsChosen && !client.AcceptsOnlyCitizens ? client.ClientId : null,
        };
    }
}

/// <param name="CanSearch">There are so many that a search field helps.</param>
/// <param name="Elsewhere">How many applications each of the person's other capacities opens, by its id.</param>
public sealed record LauncherList(IReadOnlyList<LauncherGroup> Groups, bool CanSearch, IReadOnlyDictionary<string, int> Elsewhere);
