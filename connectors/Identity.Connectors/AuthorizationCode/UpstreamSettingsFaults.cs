namespace Identity.Connectors.AuthorizationCode;

/// <summary>What can be wrong with the settings that every upstream of the authorization code flow has.</summary>
internal static class UpstreamSettingsFaults
{
    public static SettingsFault TimeoutIsLong { get; } = new("timeout nhiều nhất là một phút.", "timeout must be at most a minute.");
    public static SettingsFault GenderIsUnknown { get; } = new("gender_values phải dẫn đến male, female hoặc other.", "gender_values must map to male, female or other.");

    public static SettingsFault ParameterIsReserved(string name) => new($"authorize_parameters không được có {name}.", $"authorize_parameters must not contain {name}.");

    public static SettingsFault RequiredIsUnmapped(string attribute) => new(
        $"required_attributes có {attribute}, mà attribute_claims không dẫn đến.", $"required_attributes contains {attribute}, which attribute_claims does not map.");
}
