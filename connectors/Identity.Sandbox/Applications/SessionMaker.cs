using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Sandbox.Applications;

/// <summary>From code or refresh token to a session whose facts have all been checked.</summary>
internal sealed class SessionMaker(ProviderClient client, IdTokenCheck idTokens)
{
    public async Task<Outcome<ApplicationSession>> OpenAsync(
        OpenIdConnectConfiguration provider, string code, Transaction transaction, CancellationToken ct)
    {
        if ((await client.RedeemAsync(provider, code, transaction.Verifier, ct)).Failed(out var problem, out var tokens)) return problem;
        if (tokens.IdToken is null) return new Problem("invalid_answer", "Máy chủ không trả ID token.");
        return await ReadAsync(provider, tokens, tokens.IdToken, new(transaction.Nonce, tokens.AccessToken, transaction.MaxAge), ct);
    }

    public async Task<Outcome<ApplicationSession>> RenewAsync(OpenIdConnectConfiguration provider, ApplicationSession old, CancellationToken ct)
    {
        if ((await client.RefreshAsync(provider, old.Tokens.RefreshToken!, ct)).Failed(out var problem, out var fresh)) return problem;
        var tokens = new TokenSet(fresh.AccessToken, fresh.IdToken ?? old.Tokens.IdToken, fresh.RefreshToken ?? old.Tokens.RefreshToken);
        if (fresh.IdToken is { } idToken)   // OpenID Connect Core 1.0 §12.2: same sub; a nonce is not expected
            return await ReadAsync(provider, tokens, idToken, new(null, fresh.AccessToken, null, old.Subject), ct);
        var userinfo = await client.UserinfoAsync(provider, fresh.AccessToken, old.Subject!, ct);
        return userinfo.Failed(out problem, out var facts) ? problem : new ApplicationSession(tokens, old.Claims, facts);
    }

    async Task<Outcome<ApplicationSession>> ReadAsync(
        OpenIdConnectConfiguration provider, TokenSet tokens, string idToken, Expected expected, CancellationToken ct)
    {
        if ((await idTokens.ReadAsync(idToken, expected, ct)).Failed(out var problem, out var token)) return problem;
        var userinfo = await client.UserinfoAsync(provider, tokens.AccessToken, token.Subject, ct);
        if (userinfo.Failed(out problem, out var facts)) return problem;
        var claims = JsonDocument.Parse(Base64UrlEncoder.Decode(token.EncodedPayload)).RootElement;
        return new ApplicationSession(tokens, claims, facts);
    }
}
