using System.Text.Json;
using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.Organisations;
using Identity.Protocols.Federation;

namespace Identity.Domain.Configuration;

internal sealed class ClientReader(ClientSecretReader secrets)
{
    public Client Read(ObjectReader json)
    {
        var type = json.RequiredChoice("application_type", WireNames.ApplicationTypes);
        var addresses = json.IsReadable("application_type") ? type : ApplicationType.Native;   // the type that may register most
        var client = ReadLifetimes(json, ReadRights(json, new Client
        {
            ClientId = json.RequiredText("client_id", NameRules.ClientId),
            Enabled = json.Flag("enabled", true),
            Environment = json.Choice("environment", WireNames.Environments, ClientEnvironment.Production),
            ClientName = json.RequiredLocalized("client_name", 100),
            Agency = json.RequiredLocalized("agency", 150),
            Purpose = json.Localized("purpose", 200),
            ClientUri = json.Text("client_uri", RedirectUriRules.ProblemOfPage),
            InitiateLoginUri = json.Text("initiate_login_uri", RedirectUriRules.ProblemOfPage),
            PolicyUri = json.Text("policy_uri", RedirectUriRules.ProblemOfPage),
            Launcher = json.Flag("launcher", json.Has("initiate_login_uri")),
            Description = json.Localized("description", 200),
            SharedComputer = json.Flag("shared_computer", false),
            Logo = ReadLogo(json),
            Profile = json.Choice("profile", WireNames.SecurityProfiles, SecurityProfile.Standard),
            Relaxations = json.Choices("relaxations", WireNames.Relaxations),
            ApplicationType = type,
            TokenEndpointAuthMethod = json.RequiredChoice("token_endpoint_auth_method", WireNames.AuthenticationMethods),
            Secrets = [.. json.Items("secrets", ClientLimits.MaxSecrets, secrets.Read).Select(s => s.Item)],
            Jwks = ReadJwks(json),
            JwksUri = json.Text("jwks_uri", RedirectUriRules.ProblemOfPage),
            RedirectUris = json.Texts("redirect_uris", uri => RedirectUriRules.ProblemOf(uri, addresses)),
            PostLogoutRedirectUris = json.Texts("post_logout_redirect_uris", uri => RedirectUriRules.ProblemOf(uri, addresses)),
            BackchannelLogoutUri = json.Text("backchannel_logout_uri", RedirectUriRules.ProblemOfPage),
            BackchannelLogoutSessionRequired = json.Flag("backchannel_logout_session_required", false),
            GrantTypes = json.Require("grant_types") ? json.Choices("grant_types", WireNames.GrantTypes) : [],
        }));
        ClientRules.Check(json, client);
        return client;
    }

    private static Client ReadRights(ObjectReader json, Client client) => client with
    {
        Scopes = json.Texts("scopes", NameRules.Scope),
        ApprovedScopes = json.Texts("approved_scopes", NameRules.Scope),
        Resources = json.Texts("resources", NameRules.Audience),
        IntrospectionAudiences = json.Texts("introspection_audiences", NameRules.Audience),
        IdTokenSignedResponseAlg = json.Choice("id_token_signed_response_alg", WireNames.IdTokenAlgorithms, IdTokenSignatureAlgorithm.Es256),
        SubjectType = json.Choice("subject_type", WireNames.SubjectTypes, SubjectType.Pairwise),
        Sector = json.Text("sector", NameRules.Name),
        Connectors = json.Texts("connectors", NameRules.Name),
        MinimumProofing = json.Choice("minimum_proofing", WireNames.ProofingLevels, ProofingLevel.SelfAsserted),
        MinimumAcrLevel = json.Number("minimum_acr_level", 1, 4, 1),
        AcceptsCapacities = json.Choices("accepts_capacities", WireNames.CapacityKinds) is var kinds && json.Has("accepts_capacities") ? kinds : client.AcceptsCapacities,
        MinimumRepresentation = json.Choice("minimum_representation", WireNames.RepresentationStrengths, RepresentationStrength.None),
        AcceptsReadOnly = json.Flag("accepts_read_only", false),
        MinimumByCapacity = json.Object("minimum_by_capacity", ReadMinima) ?? [],
        DataRelease = json.Choice("data_release", WireNames.DataReleases, DataRelease.Consent),
        Release = [.. json.Items("release", ClientLimits.MaxListLength, ReadRelease).Select(r => r.Item)],
        Retention = json.Localized("retention", 200),
        RememberReleaseDays = json.Number("remember_release_days", 0, ClientLimits.MaxRememberReleaseDays, ClientLimits.DefaultRememberReleaseDays),
    };

    private static AttributeRelease ReadRelease(ObjectReader json) => new(
        json.RequiredText("claim", NameRules.ReleasedClaim),
        json.RequiredChoice("kind", WireNames.ReleaseKinds))
    {
        Purpose = json.Localized("purpose", 200),
        LegalBasis = json.Localized("legal_basis", 300),
        Retention = json.Localized("retention", 200),
    };

    private static Dictionary<CapacityKind, CapacityMinimum> ReadMinima(ObjectReader json)
    {
        var minima = new Dictionary<CapacityKind, CapacityMinimum>();
        foreach (var kind in Enum.GetValues<CapacityKind>())
            if (json.Object(WireNames.CapacityKinds.Of(kind), m => new CapacityMinimum(m.Number("acr", 1, 4, 1))) is { } minimum) minima[kind] = minimum;
        return minima;
    }

    private static Client ReadLifetimes(ObjectReader json, Client client) => client with
    {
        SessionMaxAge = json.OptionalSeconds("session_max_age_seconds", ClientLimits.SessionMaxAge),
        AccessTokenLifetime = json.Seconds("access_token_lifetime_seconds", ClientLimits.AccessToken),
        RefreshTokenLifetime = json.Seconds("refresh_token_lifetime_seconds", ClientLimits.RefreshToken),
        RefreshTokenIdle = json.Seconds("refresh_token_idle_seconds", ClientLimits.RefreshTokenIdle),
        RefreshTokenGrace = json.Seconds("refresh_token_grace_seconds", ClientLimits.RefreshTokenGrace),
        AuthorizationCodeLifetime = json.Seconds("authorization_code_lifetime_seconds", ClientLimits.AuthorizationCode),
    };

    private static ClientLogo? ReadLogo(ObjectReader json)
    {
        ClientLogo? logo = null;
        json.Text("logo", text => ClientLogo.ProblemOf(text, out logo));
        return logo;
    }

    private static JsonElement? ReadJwks(ObjectReader json)
    {
        if (json.Raw("jwks") is not { } jwks) return null;
        foreach (var problem in JwksRules.ProblemsOf(jwks)) json.Refuse("jwks", problem);
        return jwks;
    }
}
