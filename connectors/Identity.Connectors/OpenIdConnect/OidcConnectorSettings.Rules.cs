using Identity.Protocols.Jose;

namespace Identity.Connectors.OpenIdConnect;

public sealed partial record OidcConnectorSettings
{
    private static readonly TimeSpan LongestSkew = TimeSpan.FromMinutes(5);

    /// <summary>Sentences for the administrator who saves the row; empty when a connector can be made from it.</summary>
    public IReadOnlyList<string> Problems() => [.. SharedProblems(), .. EndpointProblems(), .. AcrProblems(), .. TokenProblems()];

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

    private IEnumerable<string> AcrProblems()
    {
        if (AcrValuesByLevel.Keys.Any(level => level is < 1 or > 4)) yield return "acr_values_by_level knows the levels 1 to 4.";
        if (!AcrValuesByLevel.Values.Concat(AcrValuesByProofing.Values).SelectMany(v => v).All(IsWord)) yield return "acr values are words without spaces.";
        if (!AmrByAcr.Values.SelectMany(v => v).All(IsWord)) yield return "amr_by_acr lists methods, one by one.";

        static bool IsWord(string value) => value.Length > 0 && !value.Any(char.IsWhiteSpace);
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
