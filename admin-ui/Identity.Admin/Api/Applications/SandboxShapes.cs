using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Domain.Delegation;

namespace Identity.Admin.Api;

/// <summary>The sandbox in the sections of the screens; each is sent back whole to change it.</summary>
public sealed record ShownSandbox(string ClientId, int Version, UseOfSandbox Use, NeedsOfSandbox Needs, SignInOfSandbox SignIn, LookOfSandbox Look)
{
    /// <summary>Digest of the picture; left out when there is none.</summary>
    public string? Logo { get; init; }

    public static ShownSandbox Of(Application application, StoredClient stored) => new(stored.Client.ClientId, stored.Version, UseOfSandbox.Of(application, stored.Client), NeedsOfSandbox.Of(stored.Client),
        SignInOfSandbox.Of(stored.Client), LookOfSandbox.Of(stored.Client)) { Logo = stored.Client.Logo?.Name };
}

/// <param name="Capacities">In which people may act there.</param>
/// <param name="PeoplePerHour">In the busiest hour of the year.</param>
public sealed record UseOfSandbox(IReadOnlyList<CapacityKind> Capacities, int? PeoplePerMonth = null, int? PeoplePerHour = null)
{
    public static UseOfSandbox Of(Application application, Client client) => new(client.AcceptsCapacities, application.PeoplePerMonth, application.PeoplePerHour);

    public UseOfApplication Read() => new([.. Capacities.Distinct()], PeoplePerMonth, PeoplePerHour);
}

/// <param name="Release">For each attribute that the scopes carry, why it is needed.</param>
/// <param name="Retention">How long the agency keeps it.</param>
public sealed record NeedsOfSandbox(IReadOnlyList<string> Scopes, IReadOnlyList<ReasonOfRelease> Release, LocalizedText? Retention = null)
{
    public static NeedsOfSandbox Of(Client client) => new(client.Scopes, [.. client.Release.Select(ReasonOfRelease.Of)], client.Retention);

    public NeedsOfApplication Read() => new([.. Scopes.Distinct(StringComparer.Ordinal)], [.. Release.Select(r => r.Read())], WireText.OrNull(Retention));
}

public sealed record ReasonOfRelease(string Claim, DataRelease Kind, LocalizedText? Purpose = null, LocalizedText? LegalBasis = null)
{
    public static ReasonOfRelease Of(AttributeRelease release) => new(release.Claim, release.Kind, release.Purpose, release.LegalBasis);

    public AttributeRelease Read() => new(Claim, Kind) { Purpose = WireText.OrNull(Purpose), LegalBasis = WireText.OrNull(LegalBasis) };
}

/// <param name="SecretMethod">How a secret is sent; left out it stays as it is.</param>
public sealed record SignInOfSandbox(IReadOnlyList<string> RedirectUris, IReadOnlyList<string> PostLogoutRedirectUris, int MinimumLevel, string? BackchannelLogoutUri = null, string? InitiateLoginUri = null,
    ClientAuthenticationMethod? SecretMethod = null)
{
    public static SignInOfSandbox Of(Client client) => new(client.RedirectUris, client.PostLogoutRedirectUris, client.MinimumAcrLevel, client.BackchannelLogoutUri, client.InitiateLoginUri,
        client.TokenEndpointAuthMethod is ClientAuthenticationMethod.ClientSecretBasic or ClientAuthenticationMethod.ClientSecretPost ? client.TokenEndpointAuthMethod : null);

    public SignInOfApplication Read() => new(RedirectUris, PostLogoutRedirectUris, MinimumLevel, SecretMethod) { BackchannelLogoutUri = BackchannelLogoutUri, InitiateLoginUri = InitiateLoginUri };
}

/// <param name="Purpose">Completes "The service needs the following to …".</param>
public sealed record LookOfSandbox(LocalizedText Name, LocalizedText Purpose, LocalizedText? Description = null, string? PolicyUri = null)
{
    public static LookOfSandbox Of(Client client) => new(client.ClientName, client.Purpose ?? LocalizedText.Empty, client.Description, client.PolicyUri);

    public WordsOfApplication Read() => new(WireText.Of(Name), WireText.Of(Purpose), WireText.OrNull(Description), PolicyUri);
}

/// <param name="Picture">PNG, JPEG or WebP in base64; left out takes the logo away.</param>
public sealed record LogoOfSandbox(byte[]? Picture = null);
