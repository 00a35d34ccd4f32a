using System.Net.Http.Headers;
using System.Text;
using Identity.Protocols.Federation;

namespace Identity.Connectors.AuthorizationCode;

/// <summary>RFC 6749 §4.1.3: the code for the tokens, always as a form.</summary>
internal static class TokenRequest
{
    public static HttpRequestMessage Of(UpstreamSettings settings, Uri endpoint, string code, UpstreamTransaction transaction)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = transaction.Callback.AbsoluteUri,
        };
        if (settings.Pkce) form["code_verifier"] = transaction.CodeVerifier;

        var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (settings.ClientAuthentication == ClientAuthenticationMethod.ClientSecretBasic)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Basic(settings.ClientId, settings.ClientSecret));
        }
        else
        {
            form["client_id"] = settings.ClientId;
            form["client_secret"] = settings.ClientSecret;
        }
        request.Content = new FormUrlEncodedContent(form);
        return request;
    }

    /// <summary>RFC 6749 §5.2: a used or foreign code is told from every other refusal.</summary>
    public static UpstreamOutcome.Failed Refusal(UpstreamReply reply, string? error) => new(
        error == "invalid_grant" ? UpstreamFailure.CodeRefused : UpstreamFailure.Refused,
        $"{reply.Endpoint} answered {reply.Status} with the error {ProtocolError.Printable(error)}");

    /// <summary>RFC 6749 §2.3.1: both halves are form-encoded before they are joined, or a colon in the id would move the border.</summary>
    private static string Basic(string id, string secret) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"{FormEncode(id)}:{FormEncode(secret)}"));

    private static string FormEncode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
