using System.Text.Json;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Delegation;
using Identity.Domain.Grants;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Login;
using Identity.Server.Oidc.Authorize;

namespace Identity.Server.Oidc.Tokens;

/// <summary>
/// Which claims an application gets. Asked for by scope or by the <c>claims</c> parameter, allowed by the client's scopes, shown to
/// the person, existing in the record: all four, or the claim is not there.
/// </summary>
public sealed class ClaimsRelease(ClientRegistry registry, PersonDirectory people)
{
    // The protocol's own: an attribute of that name must never reach a token (O35).
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
        { "iss", "sub", "aud", "exp", "iat", "nbf", "jti", "nonce", "acr", "amr", "azp", "auth_time", "sid", "at_hash", "c_hash", "client_id", "scope", "act", "may_act", "capacity", "subject_type", "cnf" };

    private const string PersonalNumber = "vn_pin";
    private const string Flag = "_verified";

    /// <summary>What the page shows before anything is released.</summary>
    public ReleaseRequest Describe(Client client, IReadOnlyCollection<string> scopes, ClaimsRequest claims, IReadOnlyDictionary<string, string> attributes, bool force)
    {
        var requested = claims.UserInfo.Concat(claims.IdToken).ToList();
        var names = Names(client, scopes, requested.Select(c => c.Key)).Where(n => !IsFlag(n)).ToList();
        var asked = names.Where(n => ValueOf(n, attributes) is not null).ToList();
        var fields = names.Contains(PrefillClaim.Name) ? PrefillClaim.Fields.Where(f => ValueOf(f, attributes) is not null).ToList() : [];

        var essential = requested.Where(c => c.Value.Essential).Select(c => c.Key).ToHashSet();
        var optionalByScope = OptionalClaims.Of(registry, scopes);
        var byScope = ByScope(scopes).ToHashSet();
        var optional = asked.Where(n => !essential.Contains(n) && (optionalByScope.Contains(n) || !byScope.Contains(n)))
            // Filling in a form is a kindness: what only it needs may be left out.
            .Concat(fields.Except(asked)).Where(n => !client.IsByLaw(n)).ToList();
        List<string> required = [.. asked.Union(fields).Except(optional)];
        return new ReleaseRequest(fields.Count > 0 ? [PrefillClaim.Name, .. required] : required, optional, force) { ByLaw = [.. required.Where(client.IsByLaw)] };
    }

    public async Task<IReadOnlyList<ReleasedClaim>> ForUserInfoAsync(Client client, StandingGrant standing, IReadOnlyCollection<string> scopes, CancellationToken ct)
    {
        var request = ClaimsRequest.Parse(standing.Grant.ClaimsRequest) ?? ClaimsRequest.Empty;
        var names = Names(client, scopes, request.UserInfo.Keys).ToList();
        var claims = Select(names, standing.Grant, people.Open(standing.Grant.PersonId, standing.Attributes), standing.ActingAs);
        if (names.Contains(PrefillClaim.Name) && await PrefillAsync(standing.Grant, ct) is { } prefill) claims.Add(prefill);
        return claims;
    }

    /// <summary>Nothing unless asked for by the <c>claims</c> parameter, or the client's relaxation puts scope claims here too.</summary>
    public async Task<IReadOnlyList<ReleasedClaim>> ForIdTokenAsync(Client client, StandingGrant standing, CancellationToken ct)
    {
        var grant = standing.Grant;
        var request = ClaimsRequest.Parse(grant.ClaimsRequest) ?? ClaimsRequest.Empty;
        var granted = grant.Scope.Split(' ');
        // How well somebody is known belongs beside acr, wherever the person's data goes.
        var scopes = client.Has(Relaxation.ClaimsInIdToken) ? granted : granted.Where(s => s == AssuranceClaim.Name);
        var names = Names(client, [.. scopes], request.IdToken.Keys).ToList();
        if (names.Count == 0) return [];
        return Select(names, grant, names is [AssuranceClaim.Name] ? new Dictionary<string, string>() : await people.AttributesAsync(grant.PersonId, ct), standing.ActingAs);
    }

    public static string AttributeOf(string claim) => claim == PersonalNumber ? AttributeNames.PersonalNumber : claim;

    public static string ClaimOf(string attribute) => attribute == AttributeNames.PersonalNumber ? PersonalNumber : attribute;

    /// <summary>The value of a claim, or null. Attributes and claims share their names except for the national ones.</summary>
    public static string? ValueOf(string claim, IReadOnlyDictionary<string, string> attributes) => claim switch
    {
        PersonalNumber => attributes.GetValueOrDefault(AttributeNames.PersonalNumber),
        // A flag without its value would say something about nothing.
        "email_verified" => attributes.ContainsKey(AttributeNames.Email) ? attributes.GetValueOrDefault(claim, "false") : null,
        "phone_number_verified" => attributes.ContainsKey(AttributeNames.PhoneNumber) ? attributes.GetValueOrDefault(claim, "false") : null,
        // What a scope of that name would say: the number has one claim, and it is the one that needs an approval.
        AttributeNames.PersonalNumber or PrefillClaim.Name => null,
        // Not an attribute of anybody; made from the grant.
        AssuranceClaim.Name => null,
        _ => attributes.GetValueOrDefault(claim),
    };

    /// <summary>Read for itself, because only this claim tells sources and dates.</summary>
    private async Task<ReleasedClaim?> PrefillAsync(Grant grant, CancellationToken ct)
    {
        var agreed = Agreed(grant);
        if (agreed?.Contains(PrefillClaim.Name) == false) return null;
        var values = await people.SourcedAsync(grant.PersonId, ct);
        var fields = PrefillClaim.Fields.Where(f => values.ContainsKey(f) && agreed?.Contains(f) != false).ToDictionary(f => f, f => new
        {
            value = values[f].Value, source = values[f].Source, level = WireNames.ProofingLevels.Of(values[f].Level), obtained_at = values[f].ObtainedAt.ToUnixTimeSeconds(),
        });
        return fields.Count > 0 ? new ReleasedClaim(PrefillClaim.Name, JsonSerializer.Serialize(fields)) : null;
    }

    private static HashSet<string>? Agreed(Grant grant) => grant.ReleasedAttributes?.Split(' ').ToHashSet();

    private static List<ReleasedClaim> Select(IEnumerable<string> names, Grant grant, IReadOnlyDictionary<string, string> attributes, Capacity? actingAs)
    {
        var agreed = Agreed(grant);
        var claims = new List<ReleasedClaim>();
        foreach (var name in names)
            if (name == AssuranceClaim.Name) claims.Add(new(name, AssuranceClaim.Json(grant, actingAs?.Strength ?? RepresentationStrength.None)));
            else if ((agreed is null || agreed.Contains(BaseOf(name))) && ValueOf(name, attributes) is { } value) claims.Add(new(name, value));
        return claims;
    }

    /// <summary>"email_verified" says something about the address and goes where the address goes; no page asks about it alone.</summary>
    private static bool IsFlag(string claim) => claim.EndsWith(Flag, StringComparison.Ordinal);

    private static string BaseOf(string claim) => IsFlag(claim) ? claim[..^Flag.Length] : claim;

    /// <summary>Claims of the scopes, plus claims asked for one by one; both as far as some scope that the client has today covers them.</summary>
    private IEnumerable<string> Names(Client client, IReadOnlyCollection<string> scopes, IEnumerable<string> requested)
    {
        var allowed = ByScope(client.Scopes.Where(s => registry.FindScope(s)?.ApprovalRequired != true || client.ApprovedScopes.Contains(s))).ToHashSet();
        return ByScope(scopes).Concat(requested).Where(n => allowed.Contains(n) && !Reserved.Contains(n)).Distinct();
    }

    private IEnumerable<string> ByScope(IEnumerable<string> scopes) => scopes.SelectMany(s => registry.FindScope(s)?.Claims ?? []);
}
