using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.Organisations;

namespace Identity.Domain.Configuration;

/// <summary>What must hold between the members of one client.</summary>
internal static class ClientRules
{
    private static readonly string[] OfSignIn =
        ["redirect_uris", "post_logout_redirect_uris", "backchannel_logout_uri", "initiate_login_uri", "connectors", "accepts_capacities", "minimum_representation", "accepts_read_only", "release", "retention"];

    public static void Check(ObjectReader json, Client client)
    {
        CheckProfile(json, client);
        if (json.IsReadable("token_endpoint_auth_method")) CheckAuthentication(json, client);
        if (json.IsReadable("grant_types")) CheckGrants(json, client);
        if (client.Allows(GrantType.AuthorizationCode)) CheckSignIn(json, client);
        CheckRelease(json, client);
        CheckRest(json, client);
    }

    private static void CheckProfile(ObjectReader json, Client client)
    {
        json.Rule(client.Profile != SecurityProfile.Fapi2, "profile", "fapi2 is named but not yet available; use standard until it is");
        json.Rule(client.Relaxations.Count == 0 || client.Profile == SecurityProfile.Compatible,
            "relaxations", "are for clients with \"profile\": \"compatible\"; drop them or change the profile");
        json.Rule(client.IdTokenSignedResponseAlg == IdTokenSignatureAlgorithm.Es256 || client.Has(Relaxation.Rs256) || !json.IsReadable("relaxations"),
            "id_token_signed_response_alg", "is RS256, which needs \"rs256\" among the relaxations of a compatible client; ES256 is the default");
    }

    private static void CheckAuthentication(ObjectReader json, Client client)
    {
        var method = client.TokenEndpointAuthMethod;
        var sharesSecret = method is ClientAuthenticationMethod.ClientSecretBasic or ClientAuthenticationMethod.ClientSecretPost;
        var signs = method == ClientAuthenticationMethod.PrivateKeyJwt;
        // What is switched off may wait for its credentials: so a removed client comes back.
        json.Rule(!sharesSecret || client.Secrets.Count > 0 || !client.Enabled, "secrets", "need at least one entry, because the client authenticates with a secret");
        json.Rule(sharesSecret || !json.Has("secrets"), "secrets", "must be left out: token_endpoint_auth_method uses no secret");
        json.Rule(!signs || json.Has("jwks") != json.Has("jwks_uri") || (!client.Enabled && !json.Has("jwks")), "jwks", "private_key_jwt needs either jwks or jwks_uri, exactly one");
        json.Rule(signs || !json.Has("jwks"), "jwks", "must be left out: token_endpoint_auth_method is not private_key_jwt");
        json.Rule(signs || !json.Has("jwks_uri"), "jwks_uri", "must be left out: token_endpoint_auth_method is not private_key_jwt");
        json.Rule(client.ApplicationType != ApplicationType.Native || !sharesSecret,
            "token_endpoint_auth_method", "must be none or private_key_jwt: what is installed on a device cannot keep a shared secret (RFC 8252 §8.5)");
        json.Rule(!client.IsPublic || !client.Has(Relaxation.PkceOptional),
            "relaxations", "hold pkce_optional, but without a secret PKCE is all that protects this client's codes (RFC 9700 §2.1.1)");
        json.Rule(!client.IsPublic || client.IntrospectionAudiences.Count == 0,
            "introspection_audiences", "need a client that authenticates; token_endpoint_auth_method is none");
        json.Rule(!client.IsPublic || !client.Allows(GrantType.ClientCredentials),
            "grant_types", "hold client_credentials, but the client has no credentials (token_endpoint_auth_method is none)");
        json.Rule(client.Secrets.Select(s => s.Sha256).Distinct().Count() == client.Secrets.Count, "secrets", "hold the same secret twice");
    }

    private static void CheckGrants(ObjectReader json, Client client)
    {
        json.Rule(client.GrantTypes.Count > 0, "grant_types", "must name at least one grant");
        json.Rule(!client.Allows(GrantType.RefreshToken) || client.Allows(GrantType.AuthorizationCode),
            "grant_types", "hold refresh_token without authorization_code, from which refresh tokens come");
        json.Rule(!client.Allows(GrantType.RefreshToken) || client.AllowsScope(Scope.OfflineAccess),
            "scopes", "need offline_access, because grant_types hold refresh_token");
        json.Rule(client.Allows(GrantType.RefreshToken) || !client.AllowsScope(Scope.OfflineAccess),
            "scopes", "hold offline_access, but grant_types do not hold refresh_token");
        json.Rule(client.ApplicationType != ApplicationType.Machine || client.GrantTypes.All(g => g == GrantType.ClientCredentials),
            "grant_types", "of a machine may hold client_credentials only: nobody signs in to it");
        if (client.Allows(GrantType.AuthorizationCode)) return;
        foreach (var member in OfSignIn)
            json.Rule(!json.Has(member), member, "must be left out: without the grant authorization_code nobody signs in to this client");
    }

    private static void CheckSignIn(ObjectReader json, Client client)
    {
        json.Rule(client.RedirectUris.Count > 0, "redirect_uris", "need at least one address for the grant authorization_code");
        json.Rule(client.Connectors.Count > 0, "connectors", "need at least one way to sign in for the grant authorization_code");
        json.Rule(client.AllowsScope(Scope.OpenId), "scopes", "need openid: sign-in is OpenID Connect");
        json.Rule(client.SubjectType == SubjectType.Public || client.Sector is not null,
            "sector", "is required, because subject_type is pairwise: which applications see the same identifier?");
        CheckCapacities(json, client);
        json.Rule(client.DataRelease == DataRelease.None || client.Purpose is not null,
            "purpose", "is required, because data_release shows it to citizens: a clause after \"Dịch vụ cần các thông tin sau để …\"");
    }

    private static void CheckRelease(ObjectReader json, Client client)
    {
        foreach (var member in (string[])["release", "retention"])
            json.Rule(client.DataRelease != DataRelease.None || !json.Has(member), member, "must be left out: data_release is none, so no page shows it");
        foreach (var twice in client.Release.GroupBy(r => r.Claim, StringComparer.Ordinal).Where(g => g.Key.Length > 0 && g.Count() > 1))
            json.Rule(false, "release", $"names {twice.Key} twice; keep one");
        foreach (var lawless in client.Release.Where(r => r.Kind == DataRelease.Notice && r.LegalBasis is null))
            json.Rule(false, "release", $"gives {lawless.Claim} by notice without legal_basis: which statute orders it?");
    }

    private static void CheckCapacities(ObjectReader json, Client client)
    {
        if (!json.IsReadable("accepts_capacities")) return;
        var actsForOthers = client.AcceptsCapacities.Any(kind => kind != CapacityKind.Citizen);
        json.Rule(client.AcceptsCapacities.Count > 0, "accepts_capacities", "must name at least one capacity, or be left out: then people act for themselves");
        json.Rule(actsForOthers || client.MinimumRepresentation == RepresentationStrength.None,
            "minimum_representation", "is about acting for somebody, but accepts_capacities holds citizen only");
        json.Rule(!client.AcceptsReadOnly || client.Accepts(CapacityKind.Representative),
            "accepts_read_only", "is about dissolved businesses, but accepts_capacities does not hold representative");
    }

    private static void CheckRest(ObjectReader json, Client client)
    {
        json.Rule(client.RefreshTokenIdle <= client.RefreshTokenLifetime, "refresh_token_idle_seconds", "must not exceed refresh_token_lifetime_seconds");
        json.Rule(!client.Launcher || json.Has("initiate_login_uri"), "launcher", "is set, but there is no initiate_login_uri where the way to the application begins");
        json.Rule(!client.BackchannelLogoutSessionRequired || json.Has("backchannel_logout_uri"),
            "backchannel_logout_session_required", "is set, but there is no backchannel_logout_uri");
        foreach (var scope in client.ApprovedScopes.Where(s => !client.AllowsScope(s)))
            json.Rule(false, "approved_scopes", $"hold {scope}, which scopes do not");
    }
}
