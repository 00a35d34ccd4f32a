using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Identity.Protocols.Federation;

namespace Identity.Connectors.AuthorizationCode;

/// <summary>RFC 6749 §4.1.1 with PKCE (RFC 7636): what the address that the browser is sent to holds, whatever the upstream.</summary>
internal static class AuthorizationRequest
{
    public static UpstreamTransaction NewTransaction(Uri callback, DateTimeOffset now) =>
        new(Random256(), Random256(), Random256(), callback, now);

    public static Dictionary<string, string> Parameters(UpstreamSettings settings, UpstreamRequest request, UpstreamTransaction transaction)
    {
        var parameters = new Dictionary<string, string>(settings.AuthorizeParameters)
        {
            ["response_type"] = "code",
            ["client_id"] = settings.ClientId,
            ["redirect_uri"] = transaction.Callback.AbsoluteUri,
            ["scope"] = string.Join(' ', settings.Scopes),
            ["state"] = transaction.State,
        };
        if (settings.Pkce) parameters["code_challenge"] = Challenge(transaction.CodeVerifier);
        if (settings.Pkce) parameters["code_challenge_method"] = "S256";
        if (request.ForceLogin) parameters["prompt"] = "login";
        return parameters;
    }

    /// <summary>OpenID Connect RP-Initiated Logout §2.</summary>
    public static Uri LogoutAddress(Uri endpoint, UpstreamSettings settings, Uri returnTo) => WithQuery(endpoint, new Dictionary<string, string>
    {
        ["client_id"] = settings.ClientId,
        ["post_logout_redirect_uri"] = returnTo.AbsoluteUri,
    });

    /// <summary>RFC 6749 §3.1: a query that the endpoint already has is kept.</summary>
    public static Uri WithQuery(Uri endpoint, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var query = string.Join('&', parameters.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        return new Uri(endpoint.AbsoluteUri + (endpoint.Query.Length == 0 ? '?' : '&') + query);
    }

    private static string Challenge(string verifier) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    private static string Random256() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
