using System.Text.Json;
using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

internal static class ClientWriter
{
    public static void Write(Utf8JsonWriter json, Client client)
    {
        json.WriteString("client_id", client.ClientId);
        json.WriteBoolean("enabled", client.Enabled);
        json.WriteEnvironment(client.Environment);
        json.WriteLocalized("client_name", client.ClientName);
        json.WriteLocalized("agency", client.Agency);
        json.WriteLocalized("purpose", client.Purpose);
        json.WriteOptional("client_uri", client.ClientUri);
        json.WriteOptional("initiate_login_uri", client.InitiateLoginUri);
        json.WriteOptional("policy_uri", client.PolicyUri);
        json.WriteBoolean("launcher", client.Launcher);
        json.WriteLocalized("description", client.Description);
        json.WriteBoolean("shared_computer", client.SharedComputer);
        json.WriteOptional("logo", client.Logo?.Base64);
        json.WriteString("profile", WireNames.SecurityProfiles.Of(client.Profile));
        json.WriteTexts("relaxations", client.Relaxations.Select(WireNames.Relaxations.Of));
        json.WriteString("application_type", WireNames.ApplicationTypes.Of(client.ApplicationType));
        WriteAuthentication(json, client);
        json.WriteTexts("redirect_uris", client.RedirectUris);
        json.WriteTexts("post_logout_redirect_uris", client.PostLogoutRedirectUris);
        json.WriteOptional("backchannel_logout_uri", client.BackchannelLogoutUri);
        json.WriteBoolean("backchannel_logout_session_required", client.BackchannelLogoutSessionRequired);
        WriteRights(json, client);
        WriteLifetimes(json, client);
    }

    private static void WriteAuthentication(Utf8JsonWriter json, Client client)
    {
        json.WriteString("token_endpoint_auth_method", WireNames.AuthenticationMethods.Of(client.TokenEndpointAuthMethod));
        json.WriteList("secrets", client.Secrets, (inner, secret) =>
        {
            inner.WriteString("sha256", secret.Sha256);
            inner.WriteOptional("description", secret.Description);
            inner.WriteMoment("created_at", secret.CreatedAt);
            inner.WriteMoment("expires_at", secret.ExpiresAt);
        });
        if (client.Jwks is { } jwks)
        {
            json.WritePropertyName("jwks");
            jwks.WriteTo(json);
        }
        json.WriteOptional("jwks_uri", client.JwksUri);
    }

    private static void WriteRights(Utf8JsonWriter json, Client client)
    {
        json.WriteTexts("grant_types", client.GrantTypes.Select(WireNames.GrantTypes.Of));
        json.WriteTexts("scopes", client.Scopes);
        json.WriteTexts("approved_scopes", client.ApprovedScopes);
        json.WriteTexts("resources", client.Resources);
        json.WriteTexts("introspection_audiences", client.IntrospectionAudiences);
        json.WriteString("id_token_signed_response_alg", WireNames.IdTokenAlgorithms.Of(client.IdTokenSignedResponseAlg));
        json.WriteString("subject_type", WireNames.SubjectTypes.Of(client.SubjectType));
        json.WriteOptional("sector", client.Sector);
        json.WriteTexts("connectors", client.Connectors);
        json.WriteString("minimum_proofing", WireNames.ProofingLevels.Of(client.MinimumProofing));
        json.WriteNumber("minimum_acr_level", client.MinimumAcrLevel);
        if (!client.AcceptsOnlyCitizens) WriteCapacities(json, client);
        WriteMinima(json, client);
        json.WriteString("data_release", WireNames.DataReleases.Of(client.DataRelease));
        json.WriteList("release", client.Release, WriteRelease);
        json.WriteLocalized("retention", client.Retention);
        json.WriteNumber("remember_release_days", client.RememberReleaseDays);
    }

    private static void WriteRelease(Utf8JsonWriter json, AttributeRelease release)
    {
        json.WriteString("claim", release.Claim);
        json.WriteString("kind", WireNames.ReleaseKinds.Of(release.Kind));
        json.WriteLocalized("purpose", release.Purpose);
        json.WriteLocalized("legal_basis", release.LegalBasis);
        json.WriteLocalized("retention", release.Retention);
    }

    private static void WriteCapacities(Utf8JsonWriter json, Client client)
    {
        json.WriteTexts("accepts_capacities", client.AcceptsCapacities.Select(WireNames.CapacityKinds.Of));
        json.WriteString("minimum_representation", WireNames.RepresentationStrengths.Of(client.MinimumRepresentation));
        json.WriteBoolean("accepts_read_only", client.AcceptsReadOnly);
    }

    private static void WriteMinima(Utf8JsonWriter json, Client client)
    {
        if (client.MinimumByCapacity.Count == 0) return;
        json.WriteStartObject("minimum_by_capacity");
        foreach (var (kind, minimum) in client.MinimumByCapacity)
        {
            json.WriteStartObject(WireNames.CapacityKinds.Of(kind));
            json.WriteNumber("acr", minimum.Acr);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteLifetimes(Utf8JsonWriter json, Client client)
    {
        if (client.SessionMaxAge is { } age) WriteSeconds(json, "session_max_age_seconds", age);
        WriteSeconds(json, "access_token_lifetime_seconds", client.AccessTokenLifetime);
        WriteSeconds(json, "refresh_token_lifetime_seconds", client.RefreshTokenLifetime);
        WriteSeconds(json, "refresh_token_idle_seconds", client.RefreshTokenIdle);
        WriteSeconds(json, "refresh_token_grace_seconds", client.RefreshTokenGrace);
        WriteSeconds(json, "authorization_code_lifetime_seconds", client.AuthorizationCodeLifetime);
    }

    private static void WriteSeconds(Utf8JsonWriter json, string member, TimeSpan span) => json.WriteNumber(member, (long)span.TotalSeconds);
}
