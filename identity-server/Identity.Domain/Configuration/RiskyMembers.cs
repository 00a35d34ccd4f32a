using Identity.Domain.Policies;

namespace Identity.Domain.Configuration;

/// <summary>
/// The one table of what nobody changes alone: where answers and secrets are sent, how well people must have proved themselves, whom an
/// application knows them as, and what it learns. Everything else is words and lifetimes. Of policies it is the direction that counts (<see cref="PolicyRisk"/>).
/// </summary>
public static class RiskyMembers
{
    private static readonly Dictionary<string, HashSet<string>> Table = new(StringComparer.Ordinal)
    {
        [ConfigurationStore.ClientKind] =
        [
            "redirect_uris", "post_logout_redirect_uris", "backchannel_logout_uri", "initiate_login_uri",
            "application_type", "profile", "relaxations", "grant_types", "id_token_signed_response_alg",
            "token_endpoint_auth_method", "secrets", "jwks", "jwks_uri",
            "subject_type", "sector",
            "connectors", "minimum_proofing", "minimum_acr_level", "minimum_by_capacity", "accepts_capacities", "minimum_representation", "accepts_read_only",
            "scopes", "approved_scopes", "resources", "introspection_audiences", "data_release", "release",
        ],
        [ConfigurationStore.ConnectorKind] = ["protocol", "kind", "assurance", "domains", "settings"],
        [ConfigurationStore.ScopeKind] = ["claims", "approval_required"],
        [ConfigurationStore.ResourceKind] = ["scopes"],
        [ConfigurationStore.SectorKind] = [],
    };

    public static bool IsRisky(string kind, MemberChange change) =>
        kind == ConfigurationStore.PolicyKind ? PolicyRisk.IsRisky(change) : Table.TryGetValue(kind, out var members) && members.Contains(change.Member);

    /// <param name="after">Null when the item goes: what hangs on it stops working.</param>
    public static IReadOnlyList<MemberChange> Of(string kind, IReadOnlyList<MemberChange> changes, string? after) =>
        after is null ? changes : [.. changes.Where(change => IsRisky(kind, change))];
}
