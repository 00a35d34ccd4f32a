using System.Text.Json;
using Identity.Connectors.AuthorizationCode;
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
    public IReadOnlyList<string> AcrValues { get; init; } = [];

    public IReadOnlyList<string> IdTokenAlgorithms { get; init; } = JwsAlgorithms.All;
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long after <c>iat</c> an ID token is still an answer to a sign-in that just happened.</summary>
    public TimeSpan MaxTokenAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Unknown members are refused, because a misspelt one would silently be a default.</summary>
    /// <exception cref="JsonException">Not the JSON of a connector's settings.</exception>
    public static OidcConnectorSettings FromJson(string json) =>
        JsonSerializer.Deserialize<OidcConnectorSettings>(json, JsonOptions) ?? throw new JsonException("null");

    public string ToJson() => JsonSerializer.Serialize(this, JsonOptions);

    /// <summary>Holds a secret, so it never prints itself.</summary>
    public override string ToString() => $"OidcConnectorSettings({Issuer}, {ClientId})";
}
