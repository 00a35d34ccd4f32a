using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Keys;
using Identity.Domain.Sessions;
using Identity.Protocols.Jose;
using Microsoft.Extensions.Options;

namespace Identity.Server.Oidc.Logout;

/// <summary>OpenID Connect Back-Channel Logout 1.0 §2.4. Its own <c>typ</c> and no <c>nonce</c>: it must never pass for an ID token.</summary>
public sealed class LogoutToken(SigningKeyRing keys, IOptions<OidcOptions> options, TimeProvider clock)
{
    public const string Type = "logout+jwt";
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    public string For(Client client, LogoutDelivery delivery)
    {
        var now = clock.GetUtcNow();
        var payload = OidcJson.Write(json =>
        {
            json.WriteString("iss", options.Value.Issuer);
            json.WriteString("aud", client.ClientId);
            // §2.4 lets one of the two stand alone: a visit for several parties has no single subject.
            if (delivery.Subject.Length > 0) json.WriteString("sub", delivery.Subject);
            json.WriteString("sid", delivery.Sid);
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + Lifetime).ToUnixTimeSeconds());
            json.WriteString("jti", BearerSecret.NewIdentifier());
            json.WriteStartObject("events");
            json.WriteStartObject(LogoutEvent);
            json.WriteEndObject();
            json.WriteEndObject();
        });
        var algorithm = client.IdTokenSignedResponseAlg == IdTokenSignatureAlgorithm.Rs256 ? JwsAlgorithms.Rs256 : JwsAlgorithms.Es256;
        return keys.Current(algorithm).Sign(Type, payload);
    }
}
