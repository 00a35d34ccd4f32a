using Identity.Domain.Clients;
using Identity.Domain.Linking;
using Identity.Domain.Storage;
using Identity.Server.Oidc;
using Identity.Server.Pages.Account;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Server.Account;

/// <summary>Gathers for <see cref="LauncherRules"/> what one person's list depends on, and says it in the language of the page.</summary>
public sealed class Launcher(IdentityDb db, Doors doors, WaysToSignIn ways, ClientRegistry registry, PageLanguage language, IOptions<OidcOptions> options)
{
    public async Task<LauncherList> ReadAsync(Guid personId, string? search, CancellationToken ct)
    {
        var candidates = await CandidatesAsync(personId, ct);
        var facts = new LauncherFacts(candidates, await ways.FactsAsync(personId, await doors.OfAsync(personId, ct), ct), Search: null, language.Current);
        var all = LauncherRules.Offer(facts);
        var found = string.IsNullOrWhiteSpace(search) ? all : LauncherRules.Offer(facts with { Search = search });
        return new([.. found.Select(Tile).GroupBy(tile => tile.Agency).Select(group => new LauncherGroup(group.Key, [.. group]))], all.Count > LauncherRules.SearchAbove);
    }

    private async Task<List<LauncherCandidate>> CandidatesAsync(Guid personId, CancellationToken ct)
    {
        var visits = await db.Grants.Where(g => g.PersonId == personId).GroupBy(g => g.ClientId).Select(g => new { Client = g.Key, Last = g.Max(x => x.CreatedAt) })
            .ToDictionaryAsync(g => g.Client, g => g.Last, StringComparer.Ordinal, ct);
        return [.. registry.Document.Clients.Where(c => c.Launcher)
            .Select(c => new LauncherCandidate(c, [.. registry.ConnectorsFor(c).Select(way => way.Name)], visits.TryGetValue(c.ClientId, out var last) ? last : null))];
    }

    /// <summary>OpenID Connect Core 1.0 §4: the address learns who asks it to begin.</summary>
    private LauncherTile Tile(LauncherCandidate candidate) => new(
        candidate.Client.ClientName.In(language.Current), candidate.Client.Agency.In(language.Current), candidate.Client.Description?.In(language.Current),
        new Uri(QueryHelpers.AddQueryString(candidate.Client.InitiateLoginUri!, "iss", options.Value.Issuer)), candidate.LastUsedAt);
}

/// <param name="CanSearch">There are so many that a search field helps.</param>
public sealed record LauncherList(IReadOnlyList<LauncherGroup> Groups, bool CanSearch);
