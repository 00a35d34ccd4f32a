using Identity.Protocols.Federation;

namespace Identity.Connectors.AuthorizationCode;

public abstract partial record UpstreamSettings
{
    /// <summary>Parameters that belong to the protocol; a configured extra must not replace one.</summary>
    internal static IReadOnlySet<string> ReservedParameters { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "response_type", "response_mode", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
        "code_challenge_method", "prompt", "login_hint", "ui_locales", "acr_values", "request", "request_uri", "client_secret",
    };

    /// <summary>Standard claims (OpenID Connect Core §5.1) under their own names.</summary>
    private static Dictionary<string, IReadOnlyList<string>> DefaultAttributeClaims { get; } = new()
    {
        [AttributeNames.Name] = ["name"],
        [AttributeNames.BirthDate] = ["birthdate"],
        [AttributeNames.Gender] = ["gender"],
        [AttributeNames.Email] = ["email"],
        [AttributeNames.EmailVerified] = ["email_verified"],
        [AttributeNames.PhoneNumber] = ["phone_number"],
        [AttributeNames.PhoneNumberVerified] = ["phone_number_verified"],
        [AttributeNames.Address] = ["/address/formatted"],
        [AttributeNames.GivenName] = ["given_name"],
        [AttributeNames.FamilyName] = ["family_name"],
        [AttributeNames.MiddleName] = ["middle_name"],
    };

    private static Dictionary<string, string> DefaultGenderValues { get; } = new()
    {
        ["male"] = "male", ["Nam"] = "male", ["1"] = "male",
        ["female"] = "female", ["Nữ"] = "female", ["2"] = "female", ["0"] = "female",
        ["other"] = "other", ["Khác"] = "other",
    };

    /// <summary>https, or http where nobody can listen.</summary>
    internal bool IsAcceptable(Uri? endpoint) =>
        endpoint is { IsAbsoluteUri: true, UserInfo: "", Fragment: "" }
        && (endpoint.Scheme == Uri.UriSchemeHttps
            || (endpoint.Scheme == Uri.UriSchemeHttp && (endpoint.IsLoopback || AllowInsecureHttp)));

    /// <summary>What is wrong with the members that all such upstreams have.</summary>
    private protected IEnumerable<SettingsFault> SharedProblems() => [.. NameProblems(), .. LimitProblems(), .. MappingProblems()];

    private IEnumerable<SettingsFault> NameProblems()
    {
        if (!Uri.TryCreate(Issuer, UriKind.Absolute, out var issuer) || !IsAcceptable(issuer) || issuer.Query.Length > 0)
            yield return SettingsFaults.IssuerIsNotHttps;
        if (ClientId.Length == 0) yield return SettingsFaults.IsEmpty("client_id");
        if (AuthorizeParameters.Keys.FirstOrDefault(ReservedParameters.Contains) is { } reserved)
            yield return UpstreamSettingsFaults.ParameterIsReserved(reserved);
    }

    private IEnumerable<SettingsFault> LimitProblems()
    {
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromMinutes(1)) yield return UpstreamSettingsFaults.TimeoutIsLong;
        if (MaxResponseBytes is < 1024 or > 4 * 1024 * 1024)
            yield return SettingsFaults.ResponseBytesOutOfRange;
    }

    private IEnumerable<SettingsFault> MappingProblems()
    {
        if (SubjectClaim.Length == 0) yield return SettingsFaults.IsEmpty("subject_claim");
        if (RequiredAttributes.FirstOrDefault(a => !AttributeClaims.ContainsKey(a)) is { } unmapped)
            yield return UpstreamSettingsFaults.RequiredIsUnmapped(unmapped);
        if (GenderValues.Values.Any(v => v is not ("male" or "female" or "other")))
            yield return UpstreamSettingsFaults.GenderIsUnknown;
        if (AccountKindClaim is not null && AccountKinds.Count == 0) yield return SettingsFaults.IsEmpty("account_kinds");
        if (ProofingClaim is not null && ProofingLevels.Count == 0) yield return SettingsFaults.IsEmpty("proofing_levels");
        if (PhoneCountryCode.Length is 0 or > 3 || !PhoneCountryCode.All(char.IsAsciiDigit))
            yield return SettingsFaults.CountryCodeShape;
    }
}
