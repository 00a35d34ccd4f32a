namespace Identity.Connectors.OpenIdConnect;

/// <summary>What <see cref="OidcConnectorSettings.Problems"/> finds, beyond what all upstreams share.</summary>
internal static class OidcSettingsFaults
{
    public static SettingsFault EndpointsAreNeeded { get; } = new(
        "authorization_endpoint, token_endpoint và jwks_uri phải có khi tắt discovery.", "authorization_endpoint, token_endpoint and jwks_uri are needed when discovery is off.");

    public static SettingsFault EndpointIsNotHttps { get; } = new("mọi endpoint phải là địa chỉ https đầy đủ.", "every endpoint must be an absolute https address.");
    public static SettingsFault OpenIdIsMissing { get; } = new("scopes phải có openid.", "scopes must contain openid.");
    public static SettingsFault LevelIsUnknown { get; } = new("acr_values_by_level chỉ có các mức 1 đến 4.", "acr_values_by_level knows the levels 1 to 4.");
    public static SettingsFault AcrHoldsSpace { get; } = new("các giá trị acr là từ không có khoảng trắng.", "acr values are words without spaces.");
    public static SettingsFault AmrHoldsSpace { get; } = new("amr_by_acr liệt kê từng cách xác thực một.", "amr_by_acr lists methods, one by one.");
    public static SettingsFault SkewOutOfRange { get; } = new("clock_skew phải từ 0 đến 5 phút.", "clock_skew must be between 0 and 5 minutes.");
    public static SettingsFault TokenAgeOutOfRange { get; } = new("max_token_age nhiều nhất là một giờ.", "max_token_age must be at most an hour.");

    public static SettingsFault AlgorithmIsUnknown { get; } = new(
        "id_token_algorithms chỉ được có RS256, ES256 và PS256, ít nhất một.", "id_token_algorithms may contain RS256, ES256 and PS256.");
}
