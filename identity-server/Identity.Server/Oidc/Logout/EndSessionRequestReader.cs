using Identity.Domain.Clients;
using Identity.Protocols.Jose;
using Identity.Server.Oidc.Tokens;

namespace Identity.Server.Oidc.Logout;

/// <summary>The rules of a logout request, top to bottom (OpenID Connect RP-Initiated Logout 1.0 §2, §3).</summary>
public sealed class EndSessionRequestReader(ClientRegistry registry, IdTokenHint hints)
{
    private const int MaximumState = 2_000;

    public EndSessionVerdict Read(RequestParameters p)
    {
        JwtClaims? hint = null;
        if (p["id_token_hint"] is { } presented && (hint = hints.Read(presented)) is null) return Show("id_token_hint is not an ID token of ours");
        if (hint is not null && p["client_id"] is { } claimed && !hint.Audiences.Contains(claimed)) return Show("client_id differs from the audience of id_token_hint");

        var clientId = hint?.Audiences[0] ?? p["client_id"];
        if (clientId is null) return Anonymous(p);
        if (registry.FindClient(clientId) is not { Enabled: true } client) return Show("unknown or disabled client");
        if (p["post_logout_redirect_uri"] is { } address && !client.HasPostLogoutRedirectUri(address)) return Show("post_logout_redirect_uri is not registered", client);
        if (p["state"] is { Length: > MaximumState }) return Show("state is too long", client);

        return new EndSessionVerdict.Valid(new EndSessionRequest
        {
            // A client_id alone proves nothing; together with its registered address it says where the person may go afterwards.
            Client = hint is null && p["post_logout_redirect_uri"] is null ? null : client,
            HintedSid = hint is not null && hint.TryGetText("sid", out var sid) ? sid : null,
            ReturnTo = p["post_logout_redirect_uri"],
            State = p["post_logout_redirect_uri"] is null ? null : p["state"],
            UiLocales = p["ui_locales"],
        });
    }

    /// <summary>Nobody is named, so no address can be anybody's: the person is asked, and stays here.</summary>
    private static EndSessionVerdict.Valid Anonymous(RequestParameters p) => new(EndSessionRequest.Anonymous with { UiLocales = p["ui_locales"] });

    private static EndSessionVerdict.Shown Show(string why, Client? client = null) => new(OidcError.InvalidRequest(why), client);
}
