using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>What <see cref="ClientRules"/> refuse: values that are sound one by one and do not go together.</summary>
internal static class ClientFaults
{
    public static LocalizedText Fapi2IsNotYet { get; } = new("fapi2 có trong danh sách nhưng chưa dùng được; hãy dùng standard cho đến khi có", "fapi2 is named but not yet available; use standard until it is");

    public static LocalizedText RelaxationsNeedCompatible { get; } = new(
        "chỉ dành cho ứng dụng có \"profile\": \"compatible\"; hãy bỏ đi hoặc đổi profile", "are for clients with \"profile\": \"compatible\"; drop them or change the profile");

    public static LocalizedText Rs256NeedsRelaxation { get; } = new(
        "là RS256, cần \"rs256\" trong relaxations của ứng dụng loại compatible; mặc định là ES256",
        "is RS256, which needs \"rs256\" among the relaxations of a compatible client; ES256 is the default");

    public static LocalizedText SecretIsNeeded { get; } = new("cần ít nhất một mục, vì ứng dụng tự chứng minh bằng khóa bí mật", "need at least one entry, because the client authenticates with a secret");
    public static LocalizedText SecretIsOfNoUse { get; } = new("phải bỏ đi: token_endpoint_auth_method không dùng khóa bí mật", "must be left out: token_endpoint_auth_method uses no secret");
    public static LocalizedText OneKeySource { get; } = new("private_key_jwt cần đúng một trong hai: jwks hoặc jwks_uri", "private_key_jwt needs either jwks or jwks_uri, exactly one");
    public static LocalizedText KeysAreOfNoUse { get; } = new("phải bỏ đi: token_endpoint_auth_method không phải private_key_jwt", "must be left out: token_endpoint_auth_method is not private_key_jwt");

    public static LocalizedText DeviceKeepsNoSecret { get; } = new(
        "phải là none hoặc private_key_jwt: ứng dụng cài trên thiết bị không giữ kín được khóa bí mật chung (RFC 8252 §8.5)",
        "must be none or private_key_jwt: what is installed on a device cannot keep a shared secret (RFC 8252 §8.5)");

    public static LocalizedText PkceIsAllThereIs { get; } = new(
        "có pkce_optional, nhưng khi không có khóa bí mật thì chỉ còn PKCE bảo vệ các mã của ứng dụng này (RFC 9700 §2.1.1)",
        "hold pkce_optional, but without a secret PKCE is all that protects this client's codes (RFC 9700 §2.1.1)");

    public static LocalizedText IntrospectionNeedsProof { get; } = new(
        "cần ứng dụng tự chứng minh được; token_endpoint_auth_method là none", "need a client that authenticates; token_endpoint_auth_method is none");

    public static LocalizedText NoCredentials { get; } = new(
        "có client_credentials, nhưng ứng dụng không có gì để tự chứng minh (token_endpoint_auth_method là none)",
        "hold client_credentials, but the client has no credentials (token_endpoint_auth_method is none)");

    public static LocalizedText SecretTwice { get; } = new("có cùng một khóa bí mật hai lần", "hold the same secret twice");

    public static LocalizedText GrantIsNeeded { get; } = new("phải nêu ít nhất một cách cấp quyền (grant)", "must name at least one grant");

    public static LocalizedText RefreshNeedsCode { get; } = new(
        "có refresh_token mà không có authorization_code, nơi sinh ra refresh token", "hold refresh_token without authorization_code, from which refresh tokens come");

    public static LocalizedText OfflineAccessIsNeeded { get; } = new("cần offline_access, vì grant_types có refresh_token", "need offline_access, because grant_types hold refresh_token");
    public static LocalizedText OfflineAccessIsOfNoUse { get; } = new("có offline_access, nhưng grant_types không có refresh_token", "hold offline_access, but grant_types do not hold refresh_token");
    public static LocalizedText MachineSignsNobodyIn { get; } = new("của máy chỉ được có client_credentials: không ai đăng nhập vào đó", "of a machine may hold client_credentials only: nobody signs in to it");

    public static LocalizedText NobodySignsIn { get; } = new(
        "phải bỏ đi: không có authorization_code thì không ai đăng nhập vào ứng dụng này", "must be left out: without the grant authorization_code nobody signs in to this client");

    public static LocalizedText AddressIsNeeded { get; } = new("cần ít nhất một địa chỉ khi có authorization_code", "need at least one address for the grant authorization_code");
    public static LocalizedText WayInIsNeeded { get; } = new("cần ít nhất một cách đăng nhập khi có authorization_code", "need at least one way to sign in for the grant authorization_code");
    public static LocalizedText OpenIdIsNeeded { get; } = new("cần openid: đăng nhập theo OpenID Connect", "need openid: sign-in is OpenID Connect");

    public static LocalizedText SectorIsNeeded { get; } = new(
        "bắt buộc phải có, vì subject_type là pairwise: những ứng dụng nào thấy cùng một mã định danh?",
        "is required, because subject_type is pairwise: which applications see the same identifier?");

    public static LocalizedText PurposeIsNeeded { get; } = new(
        "bắt buộc phải có, vì data_release cho người dân đọc: một vế sau \"Dịch vụ cần các thông tin sau để …\"",
        "is required, because data_release shows it to citizens: a clause after \"Dịch vụ cần các thông tin sau để …\"");

    public static LocalizedText NoPageShowsIt { get; } = new("phải bỏ đi: data_release là none nên không trang nào hiện nội dung này", "must be left out: data_release is none, so no page shows it");

    public static LocalizedText CapacityIsNeeded { get; } = new(
        "phải nêu ít nhất một tư cách, hoặc bỏ đi: khi đó mọi người dùng với tư cách cá nhân",
        "must name at least one capacity, or be left out: then people act for themselves");

    public static LocalizedText NobodyIsRepresented { get; } = new(
        "là về việc làm thay người khác, nhưng accepts_capacities chỉ có citizen", "is about acting for somebody, but accepts_capacities holds citizen only");

    public static LocalizedText NoDissolvedBusiness { get; } = new(
        "là về doanh nghiệp đã giải thể, nhưng accepts_capacities không có representative", "is about dissolved businesses, but accepts_capacities does not hold representative");

    public static LocalizedText IdleOutlivesLifetime { get; } = new("không được lớn hơn refresh_token_lifetime_seconds", "must not exceed refresh_token_lifetime_seconds");

    public static LocalizedText LauncherLeadsNowhere { get; } = new(
        "đang bật, nhưng không có initiate_login_uri là nơi bắt đầu vào ứng dụng", "is set, but there is no initiate_login_uri where the way to the application begins");

    public static LocalizedText NoBackchannel { get; } = new("đang bật, nhưng không có backchannel_logout_uri", "is set, but there is no backchannel_logout_uri");

    public static LocalizedText ReleasesTwice(string claim) => new($"nêu {claim} hai lần; chỉ giữ lại một", $"names {claim} twice; keep one");

    public static LocalizedText ReleasesWithoutLaw(string claim) => new(
        $"trao {claim} bằng thông báo mà không có legal_basis: văn bản nào quy định?", $"gives {claim} by notice without legal_basis: which statute orders it?");

    public static LocalizedText ApprovesWhatIsNotAsked(string scope) => new($"có {scope}, mà scopes không có", $"hold {scope}, which scopes do not");
}
