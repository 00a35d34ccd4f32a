using Microsoft.Extensions.Options;

namespace Identity.Server.Oidc.Discovery;

/// <summary>The same metadata at the address of OpenID Connect Discovery 1.0 §4 and at that of RFC 8414 §3.</summary>
public sealed class DiscoveryEndpoint(DiscoveryDocument document, IOptions<OidcOptions> options)
{
    public const string Path = "/.well-known/openid-configuration";
    public const string OAuthPath = "/.well-known/oauth-authorization-server";

    public static Task HandleAsync(HttpContext http, DiscoveryEndpoint endpoint) => endpoint.RespondAsync(http);

    private Task RespondAsync(HttpContext http)
    {
        var current = document.Current();
        return PublicDocument.SendAsync(http, current.Content, current.ETag, options.Value.MetadataMaxAge);
    }
}
