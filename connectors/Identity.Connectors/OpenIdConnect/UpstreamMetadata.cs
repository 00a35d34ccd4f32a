using System.Security.Cryptography;
using System.Text;
using Identity.Connectors.AuthorizationCode;
using Identity.Protocols.Federation;

namespace Identity.Connectors.OpenIdConnect;

/// <summary>Where the upstream's endpoints are, whether an administrator or the upstream itself has said so.</summary>
internal sealed record UpstreamMetadata(
    Uri AuthorizationEndpoint,
    Uri TokenEndpoint,
    Uri JwksUri,
    Uri? UserinfoEndpoint,
    Uri? EndSessionEndpoint,
    bool SendsIssuerParameter)
{
    private const string WellKnown = "/.well-known/openid-configuration";

    public static async Task<Checked<UpstreamMetadata>> LoadAsync(
        OidcConnectorSettings settings, UpstreamHttp http, CancellationToken ct)
    {
        if (!settings.Discovery) return Combine(settings, null);
        var address = settings.MetadataAddress ?? new Uri(settings.Issuer.TrimEnd('/') + WellKnown);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var sent = await http.SendAsync("metadata", request, ct);
        if (!sent.Passed(out var reply, out var failed)) return failed;
        if (!reply.IsSuccess) return Malformed($"answered with status {reply.Status}");
        if (!reply.ReadObject().Passed(out var document, out failed)) return failed;
        // OpenID Connect Discovery §4.3: otherwise anybody who controls a document could speak for any issuer.
        if (document.Text("issuer") != settings.Issuer)
            return new UpstreamOutcome.Failed(UpstreamFailure.WrongIssuer, "metadata names another issuer");
        return Combine(settings, document);
    }

    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', AuthorizationEndpoint, TokenEndpoint, JwksUri, UserinfoEndpoint, EndSessionEndpoint))));

    private static Checked<UpstreamMetadata> Combine(OidcConnectorSettings settings, JsonObjectReader? document)
    {
        var authorization = settings.AuthorizationEndpoint ?? document?.Address("authorization_endpoint");
        var token = settings.TokenEndpoint ?? document?.Address("token_endpoint");
        var jwks = settings.JwksUri ?? document?.Address("jwks_uri");
        var userinfo = settings.UserinfoEndpoint ?? document?.Address("userinfo_endpoint");
        var endSession = settings.EndSessionEndpoint ?? document?.Address("end_session_endpoint");
        if (authorization is null || token is null || jwks is null) return Malformed("lacks a required endpoint");
        Uri?[] all = [authorization, token, jwks, userinfo, endSession];
        if (all.Any(e => e is not null && !settings.IsAcceptable(e))) return Malformed("has an endpoint without https");
        var sendsIssuer = document?.IsTrue("authorization_response_iss_parameter_supported") ?? false;
        return new UpstreamMetadata(authorization, token, jwks, userinfo, endSession, sendsIssuer);
    }

    private static UpstreamOutcome.Failed Malformed(string what) => new(UpstreamFailure.Malformed, $"metadata {what}");
}
