using Identity.Domain.Clients;
using Identity.Domain.People;
using Identity.Server.Account;
using Identity.Server.Oidc.Tokens;

namespace Identity.Server.Pages.SignIn;

/// <summary>The words of a client's registration beside the person's values.</summary>
internal sealed class ReleasedFacts(Client client, IReadOnlyDictionary<string, SourcedValue> values, AccountNames names, string language)
{
    private readonly Dictionary<string, string> _plain = values.ToDictionary(v => v.Key, v => v.Value.Value, StringComparer.Ordinal);

    public bool WithSources { get; set; }

    public IReadOnlyList<ReleasedFact> Of(IEnumerable<string> claims, bool byLaw) =>
        [.. claims.Where(claim => client.IsByLaw(claim) == byLaw && ClaimsRelease.ValueOf(claim, _plain) is not null).Select(Fact)];

    public IReadOnlyList<KeptFor> KeptFor(IReadOnlyList<ReleasedFact> shown) =>
    [
        .. shown.Select(fact => (fact.Shown.Attribute, Words: (client.ReleaseOf(fact.Claim).Retention ?? client.Retention)?.In(language)))
            .Where(kept => kept.Words is not null)
            .GroupBy(kept => kept.Words!, StringComparer.Ordinal)
            .Select(group => new KeptFor([.. group.Select(kept => kept.Attribute)], group.Key)),
    ];

    private ReleasedFact Fact(string claim)
    {
        var release = client.ReleaseOf(claim);
        var attribute = ClaimsRelease.AttributeOf(claim);
        var source = WithSources && PrefillClaim.Fields.Contains(claim) ? values.GetValueOrDefault(attribute) : null;
        return new ReleasedFact(new ShownFact(attribute, ClaimsRelease.ValueOf(claim, _plain)!), release.Purpose?.In(language), release.LegalBasis?.In(language),
            source is null ? null : names.Method(source.Source), source?.ObtainedAt);
    }
}
