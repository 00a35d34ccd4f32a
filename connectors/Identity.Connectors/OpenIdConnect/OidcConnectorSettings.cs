using System.Text.Json;
using Identity.Connectors.AuthorizationCode;
using Identity.Protocols.Federation;
using Identity.Protocols.Jose;

namespace Identity.Connectors.OpenIdConnect;

/// <summary>
/// Everything that differs between one OpenID Connect upstream and the next; a new upstream is
/// a new row of these, never new code.
/// </summary>
public sealed partial record OidcConnectorSettings : UpstreamSettings
{
    /// <summary>Read the upstream's metadata; endpoints given here still win over it.</summary>
    public bool Discovery { get; init; }

    /// <summary>Where the metadata is, when that is not below the issuer.</summary>
    public Uri? MetadataAddress { get; init; }
    public Uri? JwksUri { get; init; }

    /// <summary>Sent when the sign-in needs nothing that the next two have a word for.</summary>
    public IReadOnlyList<string> AcrValues { get; init; } = [];

    /// <summary>What the upstream calls our authentication levels: <c>{ "2": ["urn:upstream:mfa"] }</c>.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<string>> AcrValuesByLevel { get; init; } = new Dictionary<int, IReadOnlyList<string>>();

    /// <summary>What it calls how a person was proofed: <c>{ "level02": ["LoA2"] }</c>.</summary>
    public IReadOnlyDictionary<ProofingLevel, IReadOnlyList<string>> AcrValuesByProofing { get; init; } = new Dictionary<ProofingLevel, IReadOnlyList<string>>();

    /// <summary>The methods that an <c>acr</c> of its answer stands for according to the signed contract; read when the answer names none itself.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> AmrByAcr { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyList<string> IdTokenAlgorithms { get; init; } = JwsAlgorithms.All;
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long after <c>iat</c> an ID token is still an answer to a sign-in that just happened.</summary>
    public TimeSpan MaxTokenAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Unknown members are refused, because a misspelt one would silently be a default.</summary>
    /// <exception cref="JsonException">Not the JSON of a connector's settings.</exception>
    public static OidcConnectorSettings FromJson(string json) =>
        JsonSerializer.Deserialize<OidcConnectorSettings>(json, JsonOptions) ?? throw new JsonException("null");

    /// <summary>A word for both axes goes before two words that each cover one: an upstream answers any of them (OpenID Connect Core §3.1.2.1).</summary>
    internal IReadOnlyList<string> AcrValuesFor(UpstreamNeeds needs)
    {
        var (proofing, level) = (AcrValuesByProofing.GetValueOrDefault(needs.Proofing, []), AcrValuesByLevel.GetValueOrDefault(needs.Level, []));
        string[] both = [.. proofing.Intersect(level)], either = [.. proofing.Concat(level)];
        return both.Length > 0 ? both : either.Length > 0 ? either : AcrValues;
    }

    public string ToJson() => JsonSerializer.Serialize(this, JsonOptions);

    /// <summary>Holds a secret, so it never prints itself.</summary>
    public override string ToString() => $"OidcConnectorSettings({Issuer}, {ClientId})";
}
