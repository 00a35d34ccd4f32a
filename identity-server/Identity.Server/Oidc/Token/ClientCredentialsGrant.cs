using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Server.Oidc.Tokens;

namespace Identity.Server.Oidc.Token;

/// <summary>RFC 6749 §4.4: a machine acts for itself. No person, no session, no refresh token.</summary>
public sealed class ClientCredentialsGrant(ClientRegistry registry, TokenIssuer issuer, AuditWriter writer, RequestOrigin origin)
{
    public async Task<TokenOutcome> ExchangeAsync(Client client, RequestParameters form, CancellationToken ct)
    {
        if (client.IsPublic || !client.Allows(GrantType.ClientCredentials)) return OidcError.UnauthorizedClient("the client has no client_credentials grant");

        var requested = form["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();
        var scopes = requested ?? [.. client.Scopes.Where(IsApiScope)];
        if (scopes.Length == 0) return OidcError.InvalidScope("no scope");
        // Scopes about a person make no sense without one.
        if (!scopes.All(s => client.AllowsScope(s) && IsApiScope(s))) return OidcError.InvalidScope("scope not registered, or about a person");

        await writer.WriteAsync(origin.Describe("token.issued", clientId: client.ClientId, detail: "client_credentials"), ct);
        return issuer.IssueForClient(client, scopes);
    }

    private bool IsApiScope(string scope) => registry.Document.Resources.Any(r => r.Scopes.Contains(scope));
}
