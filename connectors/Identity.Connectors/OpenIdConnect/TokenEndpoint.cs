using System.Net.Http.Headers;
using System.Text;
using Identity.Protocols.Federation;

namespace Identity.Connectors.OpenIdConnect;

/// <summary>What the upstream gave for the code; lives in memory until this sign-in has been judged.</summary>
internal sealed record UpstreamTokens(string AccessToken, string IdToken)
{
    public override string ToString() => nameof(UpstreamTokens);
}

/// <summary>OpenID Connect Core §3.1.3.1 to §3.1.3.5: the code for the tokens.</summary>
internal sealed class TokenEndpoint(OidcConnectorSettings settings, UpstreamHttp http)
{
    private const string Name = "token endpoint";

    public async Task<Checked<UpstreamTokens>> ExchangeAsync(
        Uri endpoint, string code, UpstreamTransaction transaction, CancellationToken ct)
    {
        using var request = Request(endpoint, code, transaction);
        var sent = await http.SendAsync(Name, request, ct);
        if (!sent.Passed(out var reply, out var failed)) return failed;
        if (!reply.IsSuccess) return Refusal(reply);
        if (!reply.ReadObject().Passed(out var body, out failed)) return failed;
        return body.Text("access_token") is { } accessToken && body.Text("id_token") is { } idToken
            && "Bearer".Equals(body.Text("token_type"), StringComparison.OrdinalIgnoreCase)
                ? new UpstreamTokens(accessToken, idToken)
                : new UpstreamOutcome.Failed(UpstreamFailure.Malformed, $"{Name} gave no bearer token and ID token");
    }

    private static UpstreamOutcome.Failed Refusal(UpstreamReply reply)
    {
        var error = reply.ReadObject().Passed(out var body, out _) ? body.Text("error") : null;
        return new UpstreamOutcome.Failed(
            error == "invalid_grant" ? UpstreamFailure.CodeRefused : UpstreamFailure.Refused,
            $"{Name} answered {reply.Status} with the error {ProtocolError.Printable(error)}");
    }

    private HttpRequestMessage Request(Uri endpoint, string code, UpstreamTransaction transaction)
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

    /// <summary>RFC 6749 §2.3.1: both halves are form-encoded before they are joined, or a colon in the id would move the border.</summary>
    private static string Basic(string id, string secret) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"{FormEncode(id)}:{FormEncode(secret)}"));

    private static string FormEncode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
