using System.Text.Json;
using System.Text.Json.Serialization;
using Identity.Protocols.Federation;

namespace Identity.Connectors.Register;

/// <summary>
/// Everything that differs between one register's interface and the next; members are snake_case in JSON. A register answers with JSON
/// over https; what its paths, members and words are called is written here.
/// </summary>
public sealed record RegisterConnectorSettings
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Root of the register's addresses, and the <c>iss</c> of the events that it sends.</summary>
    public required Uri Issuer { get; init; }

    /// <summary>Asked by GET; <c>{tax_code}</c> is replaced.</summary>
    public string OrganisationPath { get; init; } = "/organisations/{tax_code}";

    /// <summary>Asked by POST: a personal number never stands in an address, where logs would keep it.</summary>
    public string RepresentativePath { get; init; } = "/representatives/search";

    /// <summary>Member of the question of <see cref="RepresentativePath"/>.</summary>
    public string RepresentativeMember { get; init; } = "personal_number";

    public RegisterAuthentication Authentication { get; init; } = RegisterAuthentication.ClientCredentials;

    /// <summary>RFC 6749 §4.4, with Basic authentication.</summary>
    public Uri? TokenEndpoint { get; init; }

    public string ClientId { get; init; } = "";

    /// <summary>The client's secret, or the bearer token itself.</summary>
    public string ClientSecret { get; init; } = "";

    public string? Scope { get; init; }

    /// <summary>Our names to the register's; a name that is not here is the register's too. A slash goes one level down.</summary>
    public IReadOnlyDictionary<string, string> Members { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, RegisteredState> States { get; init; } =
        new Dictionary<string, RegisteredState> { ["active"] = RegisteredState.Active, ["suspended"] = RegisteredState.Suspended, ["dissolved"] = RegisteredState.Dissolved };

    /// <summary>Words for roles that may act for the organisation. Entries with another word are nobody's right and are passed over.</summary>
    public IReadOnlyDictionary<string, RegisteredRole> Roles { get; init; } = new Dictionary<string, RegisteredRole>
    {
        ["legal_representative"] = RegisteredRole.LegalRepresentative, ["owner"] = RegisteredRole.Owner, ["representative"] = RegisteredRole.Representative,
    };

    public string DateFormat { get; init; } = "yyyy-MM-dd";

    /// <summary>For one question, body included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);
    public int MaxResponseBytes { get; init; } = 256 * 1024;
    public int MaxOrganisations { get; init; } = 200;

    /// <summary>Plain http beyond the own machine, for a sandbox inside a closed network. Never in production.</summary>
    public bool AllowInsecureHttp { get; init; }

    /// <summary>Where the register publishes the keys of its events (RFC 8417); without it, it sends none.</summary>
    public Uri? JwksUri { get; init; }

    /// <summary>Type of the event "something about this organisation changed"; its payload names the tax code.</summary>
    public string? EventType { get; init; }

    /// <exception cref="JsonException">Not the JSON of a register's settings.</exception>
    public static RegisterConnectorSettings FromJson(string json) =>
        JsonSerializer.Deserialize<RegisterConnectorSettings>(json, JsonOptions) ?? throw new JsonException("null");

    /// <summary>For the administrator who saves the row; empty when a connector can be made from it.</summary>
    public IReadOnlyList<SettingsFault> Problems() => [.. AddressProblems(), .. OtherProblems()];

    /// <summary>Holds a secret, so it never prints itself.</summary>
    public override string ToString() => $"RegisterConnectorSettings({Issuer})";

    internal string Member(string name) => Members.GetValueOrDefault(name, name);

    private IEnumerable<SettingsFault> AddressProblems()
    {
        if (!IsAcceptable(Issuer) || Issuer.Query.Length > 0) yield return SettingsFaults.IssuerIsNotHttps;
        if (!OrganisationPath.StartsWith('/') || !OrganisationPath.Contains("{tax_code}", StringComparison.Ordinal)) yield return RegisterSettingsFaults.OrganisationPathShape;
        if (!RepresentativePath.StartsWith('/')) yield return RegisterSettingsFaults.RepresentativePathShape;
        if (Authentication == RegisterAuthentication.ClientCredentials && (!IsAcceptable(TokenEndpoint) || ClientId.Length == 0))
            yield return RegisterSettingsFaults.CredentialsAreNeeded;
        if (JwksUri is not null && !IsAcceptable(JwksUri)) yield return SettingsFaults.IsNotHttps("jwks_uri");
        if (JwksUri is null != (EventType is null)) yield return RegisterSettingsFaults.EventsNeedBoth;
    }

    private IEnumerable<SettingsFault> OtherProblems()
    {
        if (ClientSecret.Length == 0) yield return RegisterSettingsFaults.SecretIsEmpty;
        if (RepresentativeMember.Length == 0) yield return SettingsFaults.IsEmpty("representative_member");
        if (States.Count == 0 || Roles.Count == 0) yield return RegisterSettingsFaults.WordsAreMissing;
        if (Timeout <= TimeSpan.Zero || Timeout > LongestTimeout) yield return RegisterSettingsFaults.TimeoutIsLong;
        if (MaxResponseBytes is < 1024 or > 4 * 1024 * 1024) yield return SettingsFaults.ResponseBytesOutOfRange;
        if (MaxOrganisations is < 1 or > 1000) yield return RegisterSettingsFaults.OrganisationsOutOfRange;
        if (Members.Keys.FirstOrDefault(m => !RegisterEntry.Known.Contains(m)) is { } unknown) yield return RegisterSettingsFaults.MemberIsUnknown(unknown, string.Join(", ", RegisterEntry.Known));
    }

    /// <summary>https, or http where nobody can listen.</summary>
    private bool IsAcceptable(Uri? address) => address is { IsAbsoluteUri: true, UserInfo: "", Fragment: "" }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (address.IsLoopback || AllowInsecureHttp)));

    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };
}

public enum RegisterAuthentication
{
    ClientCredentials,

    /// <summary>One lasting token, given by the register on paper.</summary>
    Bearer,
}
