using System.Text.Json;
using System.Text.Json.Serialization;
using Identity.Protocols.Federation;

namespace Identity.Connectors.AuthorizationCode;

/// <summary>
/// What every upstream of the authorization code flow has (RFC 6749 §4.1), whatever it answers with; members are snake_case in JSON.
/// A new upstream is a new row of these, never new code.
/// </summary>
public abstract partial record UpstreamSettings
{
    /// <summary>Compared octet by octet with every <c>iss</c>.</summary>
    public required string Issuer { get; init; }
    public required string ClientId { get; init; }

    /// <summary>The secret itself: whoever makes the connector has resolved the reference that the row holds.</summary>
    public string ClientSecret { get; init; } = "";
    public ClientAuthenticationMethod ClientAuthentication { get; init; } = ClientAuthenticationMethod.ClientSecretPost;

    public Uri? AuthorizationEndpoint { get; init; }
    public Uri? TokenEndpoint { get; init; }
    public Uri? UserinfoEndpoint { get; init; }
    public Uri? EndSessionEndpoint { get; init; }

    /// <summary>Plain http beyond the own machine, for a sandbox inside a closed network. Never in production.</summary>
    public bool AllowInsecureHttp { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = ["openid"];
    public IReadOnlyDictionary<string, string> AuthorizeParameters { get; init; } = new Dictionary<string, string>();
    public bool Pkce { get; init; } = true;

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

    private protected static readonly JsonSerializerOptions JsonOptions = new()
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
