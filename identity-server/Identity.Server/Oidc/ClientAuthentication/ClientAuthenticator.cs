using System.Net.Http.Headers;
using System.Text;
using Identity.Domain.Applications;
using Identity.Domain.Clients;

namespace Identity.Server.Oidc.ClientAuthentication;

/// <summary>Who calls a back-channel endpoint: exactly one method, the one that the client registered (RFC 6749 §2.3, RFC 7523 §2.2).</summary>
public sealed class ClientAuthenticator(ClientRegistry registry, ClientAssertion assertions, CredentialUses uses, TimeProvider clock)
{
    public async Task<ClientAuthenticationOutcome> AuthenticateAsync(HttpContext http, RequestParameters form, CancellationToken ct)
    {
        var header = http.Request.Headers.Authorization;
        if (header.Count > 1) return OidcError.InvalidRequest("several Authorization headers");
        var hasAssertion = form["client_assertion"] is not null || form["client_assertion_type"] is not null;
        var hasSecret = form["client_secret"] is not null;
        var hasHeader = header.Count == 1;

        // RFC 6749 §2.3: a client must not use more than one method in a request.
        if ((hasAssertion ? 1 : 0) + (hasSecret ? 1 : 0) + (hasHeader ? 1 : 0) > 1) return OidcError.InvalidRequest("more than one client authentication method");
        if (hasAssertion) return await assertions.AuthenticateAsync(http, form, ct);
        if (hasHeader) return Basic(http, header.ToString(), form["client_id"]);

        var client = registry.FindClient(form["client_id"]);
        if (client is not { Enabled: true }) return OidcError.InvalidClient("unknown or disabled client");
        if (hasSecret) return BySecret(http, client, ClientAuthenticationMethod.ClientSecretPost, form["client_secret"]!);
        return client.IsPublic ? client : OidcError.InvalidClient("no credentials");
    }

    private ClientAuthenticationOutcome Basic(HttpContext http, string header, string? formClientId)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value) || !value.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || Decode(value.Parameter) is not { } pair || pair.Split(':', 2) is not [var encodedId, var encodedSecret])
            return OidcError.InvalidClient("malformed Basic credentials");

        // RFC 6749 §2.3.1: both halves are form-url-encoded before they are joined.
        if (UrlDecode(encodedId) is not { } clientId || UrlDecode(encodedSecret) is not { } secret) return OidcError.InvalidClient("malformed Basic credentials");
        if (formClientId is not null && formClientId != clientId) return OidcError.InvalidRequest("client_id differs from the Basic credentials");
        return registry.FindClient(clientId) is { Enabled: true } client
            ? BySecret(http, client, ClientAuthenticationMethod.ClientSecretBasic, secret)
            : OidcError.InvalidClient("unknown or disabled client");
    }

    private ClientAuthenticationOutcome BySecret(HttpContext http, Client client, ClientAuthenticationMethod method, string secret)
    {
        if (client.TokenEndpointAuthMethod != method) return OidcError.InvalidClient("not the registered method");
        if (client.FindSecret(secret, clock.GetUtcNow()) is not { } known) return OidcError.InvalidClient("wrong or expired secret");
        uses.Note(client.ClientId, known.Sha256, http.Connection.RemoteIpAddress);
        return client;
    }

    private static string? Decode(string? base64)
    {
        var buffer = new byte[(base64?.Length ?? 0) + 1];
        try
        {
            return base64 is not null && Convert.TryFromBase64String(base64, buffer, out var written)
                ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(buffer, 0, written)
                : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? UrlDecode(string value)
    {
        try
        {
            return Uri.UnescapeDataString(value.Replace('+', ' '));
        }
        catch (UriFormatException)
        {
            return null;
        }
    }
}

public abstract record ClientAuthenticationOutcome
{
    private ClientAuthenticationOutcome() { }
    public sealed record Authenticated(Client Client) : ClientAuthenticationOutcome;
    public sealed record Refused(OidcError Error) : ClientAuthenticationOutcome;
    public static implicit operator ClientAuthenticationOutcome(Client client) => new Authenticated(client);
    public static implicit operator ClientAuthenticationOutcome(OidcError error) => new Refused(error);
}
