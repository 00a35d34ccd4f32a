using Identity.Connectors.AuthorizationCode;
using Identity.Protocols.Federation;

namespace Identity.Connectors.OpenIdConnect;

/// <summary>OpenID Connect Core §5.3: more about the person, for the access token.</summary>
internal sealed class UserinfoEndpoint(UpstreamHttp http)
{
    private const string Name = "userinfo endpoint";

    public async Task<Checked<JsonObjectReader>> AskAsync(Uri endpoint, string accessToken, string subject, CancellationToken ct)
    {
        if (!BearerRequest.Of(endpoint, accessToken).Passed(out var asked, out var failed)) return failed;
        using var request = asked;
        var sent = await http.SendAsync(Name, request, ct);
        if (!sent.Passed(out var reply, out failed)) return failed;
        if (!reply.IsSuccess)
            return new UpstreamOutcome.Failed(UpstreamFailure.Refused, $"{Name} answered with status {reply.Status}");
        if (!reply.ReadObject().Passed(out var claims, out failed)) return failed;
        // §5.3.2: a swapped access token would otherwise dress this person in another's attributes.
        return claims.Text("sub") == subject
            ? claims
            : new UpstreamOutcome.Failed(UpstreamFailure.Malformed, $"{Name} speaks of another subject");
    }
}
