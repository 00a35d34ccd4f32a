using Identity.Domain.Clients;
using Identity.Server.Oidc.ClientAuthentication;

namespace Identity.Server.Oidc.Introspection;

/// <summary>
/// RFC 7662. Says whether a token is alive, to those it concerns: an API that it is meant for, or the client that it was issued to.
/// Everybody else gets the answer for a dead token.
/// </summary>
public sealed class IntrospectionEndpoint(ClientAuthenticator clients, TokenIntrospection tokens, EndpointRefusals refusals)
{
    public const string Path = "/connect/introspect";

    // §2.2: nothing but this, whatever the reason.
    private static readonly byte[] Inactive = OidcJson.Write(json => json.WriteBoolean("active", false));

    public static async Task HandleAsync(HttpContext http, IntrospectionEndpoint endpoint)
    {
        var (form, problem) = await BackChannelForm.ReadAsync(http);
        if (form is null) await endpoint.RefuseAsync(http, OidcError.InvalidRequest(problem!));
        else await endpoint.RespondAsync(http, form);
    }

    private async Task RespondAsync(HttpContext http, RequestParameters form)
    {
        switch (await clients.AuthenticateAsync(http, form, http.RequestAborted))
        {
            case ClientAuthenticationOutcome.Refused refusal:
                await RefuseAsync(http, refusal.Error);
                break;
            // §2.1: the caller must prove itself, or the endpoint could be used to try tokens out.
            case ClientAuthenticationOutcome.Authenticated { Client: { IsPublic: true } client }:
                await RefuseAsync(http, OidcError.InvalidClient("a public client cannot introspect"), client);
                break;
            case ClientAuthenticationOutcome.Authenticated { Client: var client } when form["token"] is null:
                await RefuseAsync(http, OidcError.InvalidRequest("token is missing"), client);
                break;
            case ClientAuthenticationOutcome.Authenticated { Client: var client }:
                await OidcJson.SendAsync(http, await tokens.DescribeAsync(client, form["token"]!, http.RequestAborted) ?? Inactive);
                break;
        }
    }

    private Task RefuseAsync(HttpContext http, OidcError error, Client? client = null) => refusals.RefuseAsync(http, "introspection", error, client);
}
