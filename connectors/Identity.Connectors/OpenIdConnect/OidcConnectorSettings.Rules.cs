using Identity.Protocols.Jose;

namespace Identity.Connectors.OpenIdConnect;

public sealed partial record OidcConnectorSettings
{
    private static readonly TimeSpan LongestSkew = TimeSpan.FromMinutes(5);

    /// <summary>For the administrator who saves the row; empty when a connector can be made from it.</summary>
    public IReadOnlyList<SettingsFault> Problems() => [.. SharedProblems(), .. EndpointProblems(), .. AcrProblems(), .. TokenProblems()];

    private IEnumerable<SettingsFault> EndpointProblems()
    {
        if (!Discovery && (AuthorizationEndpoint is null || TokenEndpoint is null || JwksUri is null))
            yield return OidcSettingsFaults.EndpointsAreNeeded;
        Uri?[] endpoints =
            [MetadataAddress, AuthorizationEndpoint, TokenEndpoint, UserinfoEndpoint, JwksUri, EndSessionEndpoint];
        if (endpoints.Any(e => e is not null && !IsAcceptable(e)))
            yield return OidcSettingsFaults.EndpointIsNotHttps;
        if (!Scopes.Contains("openid")) yield return OidcSettingsFaults.OpenIdIsMissing;
    }

    private IEnumerable<SettingsFault> AcrProblems()
    {
        if (AcrValuesByLevel.Keys.Any(level => level is < 1 or > 4)) yield return OidcSettingsFaults.LevelIsUnknown;
        if (!AcrValuesByLevel.Values.Concat(AcrValuesByProofing.Values).SelectMany(v => v).All(IsWord)) yield return OidcSettingsFaults.AcrHoldsSpace;
        if (!AmrByAcr.Values.SelectMany(v => v).All(IsWord)) yield return OidcSettingsFaults.AmrHoldsSpace;

        static bool IsWord(string value) => value.Length > 0 && !value.Any(char.IsWhiteSpace);
    }

    private IEnumerable<SettingsFault> TokenProblems()
    {
        if (ClockSkew < TimeSpan.Zero || ClockSkew > LongestSkew) yield return OidcSettingsFaults.SkewOutOfRange;
        if (MaxTokenAge <= TimeSpan.Zero || MaxTokenAge > TimeSpan.FromHours(1))
            yield return OidcSettingsFaults.TokenAgeOutOfRange;
        if (IdTokenAlgorithms.Count == 0 || !IdTokenAlgorithms.All(JwsAlgorithms.All.Contains))
            yield return OidcSettingsFaults.AlgorithmIsUnknown;
    }
}
