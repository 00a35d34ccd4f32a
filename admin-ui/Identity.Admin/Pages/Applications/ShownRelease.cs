using Identity.Domain.Applications;
using Identity.Domain.Clients;

namespace Identity.Admin.Pages.Applications;

/// <summary>What the page before a release lists when an application asks for everything it may, of somebody whose every attribute is known.</summary>
public sealed record ShownRelease(IReadOnlyList<string> ByLaw, IReadOnlyList<string> Required, IReadOnlyList<string> Optional)
{
    public bool IsEmpty => ByLaw.Count + Required.Count + Optional.Count == 0;

    /// <summary>Nothing there is the person's to decide.</summary>
    public bool OnlyByLaw => ByLaw.Count > 0 && Required.Count + Optional.Count == 0;

    public static ShownRelease Of(ClientRegistry registry, Client client)
    {
        var asked = client.Scopes.SelectMany(s => registry.FindScope(s)?.Claims ?? []).ToHashSet(StringComparer.Ordinal);
        var unticked = OptionalClaims.Of(registry, client.Scopes);
        // What nothing but a form to fill in needs may be left out too.
        var kinds = CarriedClaims.Of(registry, client.Scopes).Where(claim => claim != Scope.Assurance)
            .ToLookup(claim => client.IsByLaw(claim) ? Place.ByLaw : unticked.Contains(claim) || !asked.Contains(claim) ? Place.Optional : Place.Required);
        return new([.. kinds[Place.ByLaw]], [.. kinds[Place.Required]], [.. kinds[Place.Optional]]);
    }

    /// <summary>What the agency says about keeping, with the claims that it says it of.</summary>
    public IEnumerable<IGrouping<string, string>> Kept(Client client, string language) => ByLaw.Concat(Required).Concat(Optional)
        .Select(claim => (Claim: claim, Words: (client.ReleaseOf(claim).Retention ?? client.Retention)?.In(language)))
        .Where(kept => kept.Words is not null)
        .GroupBy(kept => kept.Words!, kept => kept.Claim, StringComparer.Ordinal);

    private enum Place
    {
        ByLaw,
        Required,
        Optional,
    }
}
