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
        json.Rule(client.Profile != SecurityProfile.Fapi2, "profile", ClientFaults.Fapi2IsNotYet);
        json.Rule(client.Relaxations.Count == 0 || client.Profile == SecurityProfile.Compatible, "relaxations", ClientFaults.RelaxationsNeedCompatible);
        json.Rule(client.IdTokenSignedResponseAlg == IdTokenSignatureAlgorithm.Es256 || client.Has(Relaxation.Rs256) || !json.IsReadable("relaxations"),
            "id_token_signed_response_alg", ClientFaults.Rs256NeedsRelaxation);
    }

    private static void CheckAuthentication(ObjectReader json, Client client)
    {
        var method = client.TokenEndpointAuthMethod;
        var sharesSecret = method is ClientAuthenticationMethod.ClientSecretBasic or ClientAuthenticationMethod.ClientSecretPost;
        var signs = method == ClientAuthenticationMethod.PrivateKeyJwt;
        // What is switched off may wait for its credentials: so a removed client comes back.
        json.Rule(!sharesSecret || client.Secrets.Count > 0 || !client.Enabled, "secrets", ClientFaults.SecretIsNeeded);
        json.Rule(sharesSecret || !json.Has("secrets"), "secrets", ClientFaults.SecretIsOfNoUse);
        json.Rule(!signs || json.Has("jwks") != json.Has("jwks_uri") || (!client.Enabled && !json.Has("jwks")), "jwks", ClientFaults.OneKeySource);
        json.Rule(signs || !json.Has("jwks"), "jwks", ClientFaults.KeysAreOfNoUse);
        json.Rule(signs || !json.Has("jwks_uri"), "jwks_uri", ClientFaults.KeysAreOfNoUse);
        json.Rule(client.ApplicationType != ApplicationType.Native || !sharesSecret, "token_endpoint_auth_method", ClientFaults.DeviceKeepsNoSecret);
        json.Rule(!client.IsPublic || !client.Has(Relaxation.PkceOptional), "relaxations", ClientFaults.PkceIsAllThereIs);
        json.Rule(!client.IsPublic || client.IntrospectionAudiences.Count == 0, "introspection_audiences", ClientFaults.IntrospectionNeedsProof);
        json.Rule(!client.IsPublic || !client.Allows(GrantType.ClientCredentials), "grant_types", ClientFaults.NoCredentials);
        json.Rule(client.Secrets.Select(s => s.Sha256).Distinct().Count() == client.Secrets.Count, "secrets", ClientFaults.SecretTwice);
    }

    private static void CheckGrants(ObjectReader json, Client client)
    {
        json.Rule(client.GrantTypes.Count > 0, "grant_types", ClientFaults.GrantIsNeeded);
        json.Rule(!client.Allows(GrantType.RefreshToken) || client.Allows(GrantType.AuthorizationCode), "grant_types", ClientFaults.RefreshNeedsCode);
        json.Rule(!client.Allows(GrantType.RefreshToken) || client.AllowsScope(Scope.OfflineAccess), "scopes", ClientFaults.OfflineAccessIsNeeded);
        json.Rule(client.Allows(GrantType.RefreshToken) || !client.AllowsScope(Scope.OfflineAccess), "scopes", ClientFaults.OfflineAccessIsOfNoUse);
        json.Rule(client.ApplicationType != ApplicationType.Machine || client.GrantTypes.All(g => g == GrantType.ClientCredentials),
            "grant_types", ClientFaults.MachineSignsNobodyIn);
        if (client.Allows(GrantType.AuthorizationCode)) return;
        foreach (var member in OfSignIn)
            json.Rule(!json.Has(member), member, ClientFaults.NobodySignsIn);
    }

    private static void CheckSignIn(ObjectReader json, Client client)
    {
        json.Rule(client.RedirectUris.Count > 0, "redirect_uris", ClientFaults.AddressIsNeeded);
        json.Rule(client.Connectors.Count > 0, "connectors", ClientFaults.WayInIsNeeded);
        json.Rule(client.AllowsScope(Scope.OpenId), "scopes", ClientFaults.OpenIdIsNeeded);
        json.Rule(client.SubjectType == SubjectType.Public || client.Sector is not null, "sector", ClientFaults.SectorIsNeeded);
        CheckCapacities(json, client);
        json.Rule(client.DataRelease == DataRelease.None || client.Purpose is not null, "purpose", ClientFaults.PurposeIsNeeded);
    }

    private static void CheckRelease(ObjectReader json, Client client)
    {
        foreach (var member in (string[])["release", "retention"])
            json.Rule(client.DataRelease != DataRelease.None || !json.Has(member), member, ClientFaults.NoPageShowsIt);
        foreach (var twice in client.Release.GroupBy(r => r.Claim, StringComparer.Ordinal).Where(g => g.Key.Length > 0 && g.Count() > 1))
            json.Rule(false, "release", ClientFaults.ReleasesTwice(twice.Key));
        foreach (var lawless in client.Release.Where(r => r.Kind == DataRelease.Notice && r.LegalBasis is null))
            json.Rule(false, "release", ClientFaults.ReleasesWithoutLaw(lawless.Claim));
    }

    private static void CheckCapacities(ObjectReader json, Client client)
    {
        if (!json.IsReadable("accepts_capacities")) return;
        var actsForOthers = client.AcceptsCapacities.Any(kind => kind != CapacityKind.Citizen);
        json.Rule(client.AcceptsCapacities.Count > 0, "accepts_capacities", ClientFaults.CapacityIsNeeded);
        json.Rule(actsForOthers || client.MinimumRepresentation == RepresentationStrength.None, "minimum_representation", ClientFaults.NobodyIsRepresented);
        json.Rule(!client.AcceptsReadOnly || client.Accepts(CapacityKind.Representative), "accepts_read_only", ClientFaults.NoDissolvedBusiness);
    }

    private static void CheckRest(ObjectReader json, Client client)
    {
        json.Rule(client.RefreshTokenIdle <= client.RefreshTokenLifetime, "refresh_token_idle_seconds", ClientFaults.IdleOutlivesLifetime);
        json.Rule(!client.Launcher || json.Has("initiate_login_uri"), "launcher", ClientFaults.LauncherLeadsNowhere);
        json.Rule(!client.BackchannelLogoutSessionRequired || json.Has("backchannel_logout_uri"), "backchannel_logout_session_required", ClientFaults.NoBackchannel);
        foreach (var scope in client.ApprovedScopes.Where(s => !client.AllowsScope(s)))
            json.Rule(false, "approved_scopes", ClientFaults.ApprovesWhatIsNotAsked(scope));
    }
}
