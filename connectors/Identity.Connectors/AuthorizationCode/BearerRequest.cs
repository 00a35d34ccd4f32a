using System.Net.Http.Headers;
using Identity.Protocols.Federation;

namespace Identity.Connectors.AuthorizationCode;

/// <summary>RFC 6750 §2.1: a question that carries an access token.</summary>
internal static class BearerRequest
{
    public static Checked<HttpRequestMessage> Of(Uri endpoint, string accessToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        // Added unchecked against the header grammar, because the token is the upstream's own; a line break in it still cannot pass.
        if (!accessToken.Any(char.IsControl) && request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {accessToken}")) return request;
        request.Dispose();
        return new UpstreamOutcome.Failed(UpstreamFailure.Malformed, "token endpoint gave an access token that cannot be sent");
    }
}
