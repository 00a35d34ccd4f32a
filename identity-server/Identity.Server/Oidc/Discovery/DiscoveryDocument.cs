using System.Security.Cryptography;
using System.Text.Json;
using Identity.Domain.Assurance;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Keys;
using Identity.Protocols.Jose;
using Identity.Server.Oidc.Authorize;
using Identity.Server.Oidc.Introspection;
using Identity.Server.Oidc.Logout;
using Identity.Server.Oidc.Revocation;
using Identity.Server.Oidc.Token;
using Identity.Server.Oidc.UserInfo;
using Microsoft.Extensions.Options;

namespace Identity.Server.Oidc.Discovery;

/// <summary>
/// The provider's metadata (OpenID Connect Discovery 1.0 §3, RFC 8414 §2) as prepared bytes. It says what this server does and
/// nothing more; it changes only with the configuration.
/// </summary>
public sealed class DiscoveryDocument(ClientRegistry registry, IOptions<OidcOptions> options)
{
    private static readonly string[] ProtocolClaims = ["sub", "iss", "auth_time", "acr", "amr", "sid", "act", "capacity", "subject_type"];

    private readonly string _issuer = options.Value.Issuer;
    private volatile PreparedDocument? _current;

    public PreparedDocument Current()
    {
        // Read before the content: a change in between is then noticed by the next request.
        var revision = registry.Revision;
        if (_current is { } known && known.Revision == revision) return known;
        return _current = new PreparedDocument(OidcJson.Write(Write), revision);
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteString("issuer", _issuer);
        WriteEndpoints(json);
        WriteWhatMayBeAsked(json);
        WriteHowClientsProveThemselves(json);
        json.WriteBoolean("claims_parameter_supported", true);
        json.WriteBoolean("request_parameter_supported", false);
        json.WriteBoolean("request_uri_parameter_supported", false);
        json.WriteBoolean("require_request_uri_registration", false);
        json.WriteBoolean("authorization_response_iss_parameter_supported", true);
        json.WriteBoolean("backchannel_logout_supported", true);
        json.WriteBoolean("backchannel_logout_session_supported", true);
    }

    private void WriteEndpoints(Utf8JsonWriter json)
    {
        json.WriteString("authorization_endpoint", _issuer + AuthorizeEndpoint.Path);
        json.WriteString("token_endpoint", _issuer + TokenEndpoint.Path);
        json.WriteString("userinfo_endpoint", _issuer + UserInfoEndpoint.Path);
        json.WriteString("jwks_uri", _issuer + JwksEndpoint.Path);
        json.WriteString("introspection_endpoint", _issuer + IntrospectionEndpoint.Path);
        json.WriteString("revocation_endpoint", _issuer + RevocationEndpoint.Path);
        json.WriteString("end_session_endpoint", _issuer + EndSessionEndpoint.Path);
    }

    private void WriteWhatMayBeAsked(Utf8JsonWriter json)
    {
        // What only some may have after an approval is nobody else's business.
        var scopes = registry.Document.Scopes.Where(s => !s.ApprovalRequired).ToList();
        WriteList(json, "scopes_supported", scopes.Select(s => s.Name));
        WriteList(json, "claims_supported", ProtocolClaims.Concat(scopes.SelectMany(s => s.Claims)).Distinct());
        WriteList(json, "response_types_supported", ["code"]);
        WriteList(json, "response_modes_supported", ["query", "form_post"]);
        WriteList(json, "grant_types_supported", WireNames.GrantTypes.All);
        WriteList(json, "subject_types_supported", WireNames.SubjectTypes.All);
        WriteList(json, "id_token_signing_alg_values_supported", SigningKeyRing.Algorithms);
        WriteList(json, "code_challenge_methods_supported", [Pkce.Method]);
        WriteList(json, "acr_values_supported", AcrValues.Supported);
        WriteList(json, "prompt_values_supported", AuthorizeRequestReader.KnownPrompts);
        WriteList(json, "display_values_supported", ["page", "popup"]);
        WriteList(json, "claim_types_supported", ["normal"]);
        WriteList(json, "ui_locales_supported", TextCatalog.Languages);
    }

    private static void WriteHowClientsProveThemselves(Utf8JsonWriter json)
    {
        var all = WireNames.AuthenticationMethods.All;
        var confidential = all.Where(m => m != WireNames.AuthenticationMethods.Of(ClientAuthenticationMethod.None)).ToList();
        foreach (var (endpoint, methods) in new[] { ("token", all), ("revocation", all), ("introspection", confidential) })
        {
            WriteList(json, $"{endpoint}_endpoint_auth_methods_supported", methods);
            WriteList(json, $"{endpoint}_endpoint_auth_signing_alg_values_supported", JwsAlgorithms.All);
        }
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}

public sealed class PreparedDocument(byte[] content, long revision)
{
    public byte[] Content { get; } = content;
    public long Revision { get; } = revision;
    public string ETag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"";
}
