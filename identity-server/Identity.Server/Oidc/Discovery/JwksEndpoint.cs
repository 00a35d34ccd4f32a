using Identity.Domain.Keys;
using Microsoft.Extensions.Options;

namespace Identity.Server.Oidc.Discovery;

/// <summary>RFC 7517 §5: every key that may verify something of ours, also those that do not sign yet or no more.</summary>
public sealed class JwksEndpoint(SigningKeyRing keys, IOptions<OidcOptions> options)
{
    public const string Path = "/.well-known/openid-configuration/jwks";

    public static Task HandleAsync(HttpContext http, JwksEndpoint endpoint) => endpoint.RespondAsync(http);

    private Task RespondAsync(HttpContext http)
    {
        var published = keys.Published;
        return PublicDocument.SendAsync(http, published.Document, published.ETag, options.Value.MetadataMaxAge);
    }
}
