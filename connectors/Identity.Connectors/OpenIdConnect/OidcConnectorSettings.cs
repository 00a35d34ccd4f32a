using System.Text.Json;
using System.Text.Json.Serialization;
using Identity.Protocols.Federation;
using Identity.Protocols.Jose;

namespace Identity.Connectors.OpenIdConnect;

/// <summary>
/// Everything that differs between one OpenID Connect upstream and the next; members are snake_case in JSON. A new upstream is
/// a new row of these, never new code.
/// </summary>
public sealed partial record OidcConnectorSettings
{
    /// <summary>Compared octet by octet with every <c>iss</c>.</summary>
    public required string Issuer { get; init; }
    public required string ClientId { get; init; }

    /// <summary>The secret itself: whoever makes the connector has resolved the reference that the row holds.</summary>
    public string ClientSecret { get; init; } = "";
    public ClientAuthenticationMethod ClientAuthentication { get; init; } = ClientAuthenticationMethod.ClientSecretPost;

    /// <summary>Read the upstream's metadata; endpoints given here still win over it.</summary>
    public bool Discovery { get; init; }

    /// <summary>Where the metadata is, when that is not below the issuer.</summary>
    public Uri? MetadataAddress { get; init; }
    public Uri? AuthorizationEndpoint { get; init; }
    public Uri? TokenEndpoint { get; init; }
    public Uri? UserinfoEndpoint { get; init; }
    public Uri? JwksUri { get; init; }
    public Uri? EndSessionEndpoint { get; init; }

    /// <summary>Plain http beyond the own machine, for a sandbox inside a closed network. Never in production.</summary>
    public bool AllowInsecureHttp { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = ["openid"];
    public IReadOnlyList<string> AcrValues { get; init; } = [];
    public IReadOnlyDictionary<string, string> AuthorizeParameters { get; init; } = new Dictionary<string, string>();
    public bool Pkce { get; init; } = true;

    public IReadOnlyList<string> IdTokenAlgorithms { get; init; } = JwsAlgorithms.All;
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long after <c>iat</c> an ID token is still an answer to a sign-in that just happened.</summary>
    public TimeSpan MaxTokenAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>For one request to the upstream, body included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
    public int MaxResponseBytes { get; init; } = 256 * 1024;

    /// <summary>Refuse an authorization response without <c>iss</c> (RFC 9207). A wrong one is refused always.</summary>
    public bool RequireIssuerParameter { get; init; }

    /// <summary>Protocol errors that mean that the person said no.</summary>
    public IReadOnlyList<string> CancelErrors { get; init; } = ["access_denied", "user_cancelled"];

    /// <summary>The claim that names the person for ever. It becomes half of the key that links accounts.</summary>
    public string SubjectClaim { get; init; } = "sub";

    /// <summary>
    /// Canonical attribute to upstream claims; the first that holds something wins. A name that starts with a slash is a path:
    /// <c>/address/formatted</c>.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> AttributeClaims { get; init; } = DefaultAttributeClaims;
    public IReadOnlyList<string> RequiredAttributes { get; init; } = [];
    public string BirthdateFormat { get; init; } = "yyyy-MM-dd";

    /// <summary>Upstream words, in any case, to <c>male</c>, <c>female</c>, <c>other</c>.</summary>
    public IReadOnlyDictionary<string, string> GenderValues { get; init; } = DefaultGenderValues;

    /// <summary>Put before a number that starts with a single zero.</summary>
    public string PhoneCountryCode { get; init; } = "84";

    /// <summary>The claim that tells people from organisations; without it everybody is an individual.</summary>
    public string? AccountKindClaim { get; init; }
    public IReadOnlyDictionary<string, ExternalSubjectKind> AccountKinds { get; init; } =
        new Dictionary<string, ExternalSubjectKind>();

    public string? ProofingClaim { get; init; }
    public IReadOnlyDictionary<string, ProofingLevel> ProofingLevels { get; init; } = new Dictionary<string, ProofingLevel>();

    /// <summary>What this upstream is known to have proved when <see cref="ProofingClaim"/> is not configured or not sent.</summary>
    public ProofingLevel DefaultProofing { get; init; } = ProofingLevel.SelfAsserted;
    public ProofingLevel MinimumProofing { get; init; } = ProofingLevel.SelfAsserted;

    /// <summary>Unknown members are refused, because a misspelt one would silently be a default.</summary>
    /// <exception cref="JsonException">Not the JSON of a connector's settings.</exception>
    public static OidcConnectorSettings FromJson(string json) =>
        JsonSerializer.Deserialize<OidcConnectorSettings>(json, JsonOptions) ?? throw new JsonException("null");

    public string ToJson() => JsonSerializer.Serialize(this, JsonOptions);

    /// <summary>Holds a secret, so it never prints itself.</summary>
    public override string ToString() => $"OidcConnectorSettings({Issuer}, {ClientId})";

    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };
}

/// <summary>RFC 6749 §2.3.1, by the names of OpenID Connect Core §9.</summary>
public enum ClientAuthenticationMethod
{
    ClientSecretPost,
    ClientSecretBasic,
}
