using System.Text.Json;
using Identity.Domain.Delegation;
using Identity.Domain.Organisations;
using Identity.Protocols.Federation;

namespace Identity.Domain.Clients;

/// <summary>
/// An OpenID Connect relying party as its owner registered it. Immutable: requests read it from a shared snapshot. Every property
/// is the configuration member of the same name (<c>client_id</c> is <see cref="ClientId"/>; <c>…_seconds</c> are the time spans).
/// </summary>
public sealed record Client
{
    public required string ClientId { get; init; }
    public bool Enabled { get; init; } = true;

    /// <summary>Whom it may meet: the people of the province, or nobody but made-up ones.</summary>
    public ClientEnvironment Environment { get; init; }

    public required LocalizedText ClientName { get; init; }

    /// <summary>Who answers for the application, as citizens are told.</summary>
    public required LocalizedText Agency { get; init; }

    /// <summary>Completes "The service needs the following to …"; a clause, not a sentence.</summary>
    public LocalizedText? Purpose { get; init; }

    public string? ClientUri { get; init; }

    /// <summary>Where a sign-in starts when nothing is parked (OpenID Connect Core 1.0 §4).</summary>
    public string? InitiateLoginUri { get; init; }

    public string? PolicyUri { get; init; }

    /// <summary>Listed on the page of a person's applications. Needs <see cref="InitiateLoginUri"/>, where the way there begins.</summary>
    public bool Launcher { get; init; }

    /// <summary>What the application is for, under its name in that list.</summary>
    public LocalizedText? Description { get; init; }

    /// <summary>It stands at counters or in libraries: every sign-in on its way counts as one on a computer that many people use.</summary>
    public bool SharedComputer { get; init; }

    /// <summary>Stands beside its name.</summary>
    public ClientLogo? Logo { get; init; }

    public SecurityProfile Profile { get; init; } = SecurityProfile.Standard;
    public IReadOnlyList<Relaxation> Relaxations { get; init; } = [];
    public required ApplicationType ApplicationType { get; init; }
    public required ClientAuthenticationMethod TokenEndpointAuthMethod { get; init; }
    public IReadOnlyList<ClientSecret> Secrets { get; init; } = [];

    /// <summary>Public keys of the client (RFC 7517), never private ones.</summary>
    public JsonElement? Jwks { get; init; }

    public string? JwksUri { get; init; }

    public IReadOnlyList<string> RedirectUris { get; init; } = [];
    public IReadOnlyList<string> PostLogoutRedirectUris { get; init; } = [];
    public string? BackchannelLogoutUri { get; init; }
    public bool BackchannelLogoutSessionRequired { get; init; }

    public required IReadOnlyList<GrantType> GrantTypes { get; init; }
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Scopes with <see cref="Scope.ApprovalRequired"/> that the province granted to this client.</summary>
    public IReadOnlyList<string> ApprovedScopes { get; init; } = [];

    /// <summary>APIs that its access tokens may be meant for.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>APIs whose tokens it may introspect: a resource server sees its own, nobody else's.</summary>
    public IReadOnlyList<string> IntrospectionAudiences { get; init; } = [];

    public IdTokenSignatureAlgorithm IdTokenSignedResponseAlg { get; init; }
    public SubjectType SubjectType { get; init; }
    public string? Sector { get; init; }
    public IReadOnlyList<string> Connectors { get; init; } = [];
    public ProofingLevel MinimumProofing { get; init; }
    public int MinimumAcrLevel { get; init; } = 1;

    /// <summary>In which roles people may stand before it. Only for themselves, unless it says more.</summary>
    public IReadOnlyList<CapacityKind> AcceptsCapacities { get; init; } = [CapacityKind.Citizen];

    /// <summary>How well the right to act for somebody must be proved.</summary>
    public RepresentationStrength MinimumRepresentation { get; init; }

    /// <summary>It heeds <c>read_only</c>, so that the people of a dissolved business may look at their papers.</summary>
    public bool AcceptsReadOnly { get; init; }

    /// <summary>By kind of capacity; a kind that is not here asks for nothing more.</summary>
    public IReadOnlyDictionary<CapacityKind, CapacityMinimum> MinimumByCapacity { get; init; } = new Dictionary<CapacityKind, CapacityMinimum>();

    public DataRelease DataRelease { get; init; }

    /// <summary>Attributes that differ from <see cref="DataRelease"/>, or have words of their own.</summary>
    public IReadOnlyList<AttributeRelease> Release { get; init; } = [];

    /// <summary>How long the agency uses and keeps what no entry of <see cref="Release"/> says more about.</summary>
    public LocalizedText? Retention { get; init; }

    /// <summary>For how long an answer to the release page is remembered; 0 asks every time.</summary>
    public int RememberReleaseDays { get; init; } = ClientLimits.DefaultRememberReleaseDays;

    public TimeSpan? SessionMaxAge { get; init; }
    public TimeSpan AccessTokenLifetime { get; init; } = ClientLimits.AccessToken.Default;

    /// <summary>Absolute: no rotation moves this end.</summary>
    public TimeSpan RefreshTokenLifetime { get; init; } = ClientLimits.RefreshToken.Default;

    public TimeSpan RefreshTokenIdle { get; init; } = ClientLimits.RefreshTokenIdle.Default;

    /// <summary>How long a lost answer of the token endpoint may be asked for again.</summary>
    public TimeSpan RefreshTokenGrace { get; init; } = ClientLimits.RefreshTokenGrace.Default;
    public TimeSpan AuthorizationCodeLifetime { get; init; } = ClientLimits.AuthorizationCode.Default;

    public bool IsPublic => TokenEndpointAuthMethod == ClientAuthenticationMethod.None;
    public bool RequiresPkce => !Has(Relaxation.PkceOptional);
    public bool RequiresNonce => !Has(Relaxation.NonceOptional);

    /// <summary>Nothing to choose, nothing to look up, nothing to say in tokens: people are themselves here.</summary>
    public bool AcceptsOnlyCitizens => AcceptsCapacities is [CapacityKind.Citizen];

    public bool Accepts(CapacityKind kind) => AcceptsCapacities.Contains(kind);
    public bool Has(Relaxation relaxation) => Relaxations.Contains(relaxation);
    public bool Allows(GrantType grant) => GrantTypes.Contains(grant);
    public bool AllowsScope(string scope) => Scopes.Contains(scope);
    public bool AllowsConnector(string connector) => Connectors.Contains(connector);
    public bool AllowsResource(string resource) => Resources.Contains(resource);
    public bool MayIntrospect(string audience) => IntrospectionAudiences.Contains(audience);

    public bool HasRedirectUri(string requested) => RedirectUriRules.Matches(RedirectUris, requested, ApplicationType);

    /// <summary>Exact even for native applications: the loopback exception of RFC 8252 §7.3 is about the authorization request.</summary>
    public bool HasPostLogoutRedirectUri(string requested) => PostLogoutRedirectUris.Contains(requested);

    public AttributeRelease ReleaseOf(string claim) => Release.FirstOrDefault(r => r.Claim == claim) ?? new(claim, DataRelease);
    public bool IsByLaw(string claim) => ReleaseOf(claim).Kind == DataRelease.Notice;

    public ClientSecret? FindSecret(string presented, DateTimeOffset now) =>
        Secrets.FirstOrDefault(s => s.IsValidAt(now) && s.Matches(presented));

    public override string ToString() => $"Client({ClientId})";
}
