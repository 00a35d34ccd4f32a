using Identity.Domain.Clients;

namespace Identity.Domain.Applications;

/// <summary>The attributes of a person that scopes carry, as people and reviewers read them: the fields of a form one by one, and nothing that only says of another claim that it was checked.</summary>
public static class CarriedClaims
{
    public static IReadOnlyList<string> Of(ClientRegistry registry, IEnumerable<string> scopes) =>
        [.. scopes.SelectMany(s => registry.FindScope(s)?.Claims ?? []).SelectMany(claim => claim == PrefillClaim.Name ? PrefillClaim.Fields : [claim])
            .Where(claim => !claim.EndsWith("_verified", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
}
