using Identity.Protocols.Jose;

namespace Identity.Connectors.OpenIdConnect;

public sealed partial record OidcConnectorSettings
{
    private static readonly TimeSpan LongestSkew = TimeSpan.FromMinutes(5);

    /// <summary>Sentences for the administrator who saves the row; empty when a connector can be made from it.</summary>
    public IReadOnlyList<string> Problems() => [.. SharedProblems(), .. EndpointProblems(), .. TokenProblems()];

    private IEnumerable<string> EndpointProblems()
    {
        if (!Discovery && (AuthorizationEndpoint is null || TokenEndpoint is null || JwksUri is null))
            yield return "authorization_endpoint, token_endpoint and jwks_uri are needed when discovery is off.";
        Uri?[] endpoints =
            [MetadataAddress, AuthorizationEndpoint, TokenEndpoint, UserinfoEndpoint, JwksUri, EndSessionEndpoint];
        if (endpoints.Any(e => e is not null && !IsAcceptable(e)))
            yield return "every endpoint must be an absolute https address.";
        if (!Scopes.Contains("openid")) yield return "scopes must contain openid.";
    }

    private IEnumerable<string> TokenProblems()
    {
        if (ClockSkew < TimeSpan.Zero || ClockSkew > LongestSkew) yield return "clock_skew must be between 0 and 5 minutes.";
        if (MaxTokenAge <= TimeSpan.Zero || MaxTokenAge > TimeSpan.FromHours(1))
            yield return "max_token_age must be at most an hour.";
        if (IdTokenAlgorithms.Count == 0 || !IdTokenAlgorithms.All(JwsAlgorithms.All.Contains))
            yield return "id_token_algorithms may contain RS256, ES256 and PS256.";
    }
}
