using Identity.Connectors.AuthorizationCode;
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
        using var request = TokenRequest.Of(settings, endpoint, code, transaction);
        var sent = await http.SendAsync(Name, request, ct);
        if (!sent.Passed(out var reply, out var failed)) return failed;
        if (!reply.IsSuccess) return TokenRequest.Refusal(reply, reply.ReadObject().Passed(out var refusal, out _) ? refusal.Text("error") : null);
        if (!reply.ReadObject().Passed(out var body, out failed)) return failed;
        return body.Text("access_token") is { } accessToken && body.Text("id_token") is { } idToken
            && "Bearer".Equals(body.Text("token_type"), StringComparison.OrdinalIgnoreCase)
                ? new UpstreamTokens(accessToken, idToken)
                : new UpstreamOutcome.Failed(UpstreamFailure.Malformed, $"{Name} gave no bearer token and ID token");
    }
}
