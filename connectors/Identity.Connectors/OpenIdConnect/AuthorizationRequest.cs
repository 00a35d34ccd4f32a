using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Identity.Protocols.Federation;

namespace Identity.Connectors.OpenIdConnect;

/// <summary>OpenID Connect Core §3.1.2.1 with PKCE (RFC 7636): the address the browser is sent to.</summary>
internal static class AuthorizationRequest
{
    private const int LongestHint = 255;    // it comes from a stranger's request and would make our redirect as long as it likes

    public static UpstreamTransaction NewTransaction(Uri callback, DateTimeOffset now) =>
        new(Random256(), Random256(), Random256(), callback, now);

    public static Uri Address(
        Uri endpoint, OidcConnectorSettings settings, UpstreamRequest request, UpstreamTransaction transaction)
    {
        var parameters = new Dictionary<string, string>(settings.AuthorizeParameters)
        {
            ["response_type"] = "code",
            ["client_id"] = settings.ClientId,
            ["redirect_uri"] = transaction.Callback.AbsoluteUri,
            ["scope"] = string.Join(' ', settings.Scopes),
            ["state"] = transaction.State,
            ["nonce"] = transaction.Nonce,
        };
        if (settings.Pkce) parameters["code_challenge"] = Challenge(transaction.CodeVerifier);
        if (settings.Pkce) parameters["code_challenge_method"] = "S256";
        if (settings.AcrValues.Count > 0) parameters["acr_values"] = string.Join(' ', settings.AcrValues);
        if (request.ForceLogin) parameters["prompt"] = "login";
        if (request.LoginHint is { Length: > 0 and <= LongestHint } hint) parameters["login_hint"] = hint;
        if (request.Language.Length > 0) parameters["ui_locales"] = request.Language;
        return WithQuery(endpoint, parameters);
    }

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
