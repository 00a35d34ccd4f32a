namespace Identity.Connectors.Register;

/// <summary>What <see cref="RegisterConnectorSettings.Problems"/> finds.</summary>
internal static class RegisterSettingsFaults
{
    public static SettingsFault OrganisationPathShape { get; } = new(
        "organisation_path phải bắt đầu bằng / và có {tax_code}.", "organisation_path must begin with / and contain {tax_code}.");

    public static SettingsFault RepresentativePathShape { get; } = new("representative_path phải bắt đầu bằng /.", "representative_path must begin with /.");

    public static SettingsFault CredentialsAreNeeded { get; } = new(
        "token_endpoint (địa chỉ https) và client_id phải có khi dùng client_credentials.", "token_endpoint (an https address) and client_id are needed for client_credentials.");

    public static SettingsFault EventsNeedBoth { get; } = new(
        "jwks_uri và event_type đi cùng nhau: có cả hai, hoặc bỏ cả hai khi sổ đăng ký không gửi sự kiện.",
        "jwks_uri and event_type belong together: both, or neither when the register sends no events.");

    public static SettingsFault SecretIsEmpty { get; } = new(
        "client_secret không được để trống; với bearer thì đó là chính mã truy cập.", "client_secret must not be empty; for bearer it is the token.");

    public static SettingsFault WordsAreMissing { get; } = new("states và roles không được để trống.", "states and roles must not be empty.");
    public static SettingsFault TimeoutIsLong { get; } = new("timeout nhiều nhất là 30 giây.", "timeout must be at most 30 seconds.");
    public static SettingsFault OrganisationsOutOfRange { get; } = new("max_organisations phải từ 1 đến 1000.", "max_organisations must be between 1 and 1000.");

    public static SettingsFault MemberIsUnknown(string member, string known) => new(
        $"members không được có {member}; các tên dùng được là {known}.", $"members must not contain {member}; the names are {known}.");
}
