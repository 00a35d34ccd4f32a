using Identity.Domain.Clients;

namespace Identity.Domain.Applications;

/// <summary>What has to be true before somebody is asked to judge.</summary>
public static class GoLiveChecklist
{
    /// <summary>What a machine sees; null is for a human.</summary>
    public static IReadOnlyList<(ReviewItem Item, bool? Holds)> Of(Application application, Client proposed, int owners) =>
    [
        (ReviewItem.Owners, owners >= ApplicationTeam.FewestOwners),
        (ReviewItem.Addresses, proposed.RedirectUris.Concat(proposed.PostLogoutRedirectUris).All(a => IsForProduction(a, proposed.ApplicationType))
            && (proposed.RedirectUris.Count > 0 || !proposed.Allows(GrantType.AuthorizationCode))),
        (ReviewItem.Logout, !proposed.Allows(GrantType.AuthorizationCode) || proposed.ApplicationType == ApplicationType.Native || proposed.BackchannelLogoutUri is not null || proposed.PostLogoutRedirectUris.Count > 0),
        (ReviewItem.Tried, application.TriedAt is not null || CannotBeTried(proposed)),
        (ReviewItem.Keys, proposed.TokenEndpointAuthMethod != ClientAuthenticationMethod.PrivateKeyJwt || proposed.Jwks is not null || proposed.JwksUri?.StartsWith("https://", StringComparison.Ordinal) == true),
        (ReviewItem.Data, proposed.Release.All(r => r.Purpose is not null || r.LegalBasis is not null)),
        (ReviewItem.Purpose, null),
        (ReviewItem.LegalBasis, null),
        (ReviewItem.Contact, null),
    ];

    /// <summary>A machine signs nobody in, an app on a device takes no answer here, and a key that only the application holds cannot be played.</summary>
    public static bool CannotBeTried(Client client) =>
        client.ApplicationType != ApplicationType.Web || client.TokenEndpointAuthMethod == ClientAuthenticationMethod.PrivateKeyJwt;

    private static bool IsForProduction(string address, ApplicationType type) =>
        address.StartsWith("https://", StringComparison.Ordinal) || (type == ApplicationType.Native && !address.StartsWith("http://localhost", StringComparison.Ordinal));
}
