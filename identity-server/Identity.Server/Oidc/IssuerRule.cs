namespace Identity.Server.Oidc;

/// <summary>What an issuer may look like (OpenID Connect Core §2). It is compared letter for letter by everybody, for ever.</summary>
internal static class IssuerRule
{
    public const string Message = "Oidc:Issuer: write an absolute https address without trailing slash, query or fragment, in lower case where case does not count; "
        + "http only for localhost in development.";

    public static bool IsSound(string issuer, bool loopbackMayBePlain) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (loopbackMayBePlain && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri is { Query: "", Fragment: "", UserInfo: "", Host.Length: > 0 }
        && !issuer.EndsWith('/') && !issuer.Contains('?', StringComparison.Ordinal) && !issuer.Contains('#', StringComparison.Ordinal)
        // The spelling that clients will compute: no upper-case host, no default port, no dot segments.
        && uri.AbsoluteUri.TrimEnd('/') == issuer;
}
