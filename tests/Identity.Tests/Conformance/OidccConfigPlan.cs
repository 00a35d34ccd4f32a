using System.Text.Json;
using Identity.Tests.Harness;
using Microsoft.Extensions.Configuration;

namespace Identity.Tests.Conformance;

/// <summary><c>oidcc-config-certification-test-plan</c> (OpenID Connect Discovery 1.0 §3, RFC 8414 §2).</summary>
public sealed class OidccConfigPlan
{
    // As a province runs it: TLS ends in front of the process, the issuer is the public address.
    private const string Issuer = "https://dangnhap.anbinh.example";

    private static readonly string[] Endpoints =
        ["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint", "revocation_endpoint", "introspection_endpoint"];

    private static readonly string[] Lists =
    [
        "scopes_supported", "response_types_supported", "response_modes_supported", "grant_types_supported", "acr_values_supported", "subject_types_supported",
        "id_token_signing_alg_values_supported", "token_endpoint_auth_methods_supported", "token_endpoint_auth_signing_alg_values_supported",
        "claims_supported", "ui_locales_supported", "code_challenge_methods_supported", "prompt_values_supported", "display_values_supported",
        "claim_types_supported", "revocation_endpoint_auth_methods_supported", "introspection_endpoint_auth_methods_supported",
        "revocation_endpoint_auth_signing_alg_values_supported", "introspection_endpoint_auth_signing_alg_values_supported",
    ];

    private static readonly string[] Flags =
    [
        "claims_parameter_supported", "request_parameter_supported", "request_uri_parameter_supported", "require_request_uri_registration",
        "backchannel_logout_supported", "backchannel_logout_session_supported", "authorization_response_iss_parameter_supported",
    ];

    private static readonly string[] Texts = ["issuer", "service_documentation", "op_policy_uri", "op_tos_uri"];

    [Fact]
    public async Task oidcc_discovery_endpoint_verification()
    {
        await using var provider = await TestProvider.StartAsync(Engine.Sqlite, configure: builder => builder.Configuration.AddInMemoryCollection(
            [new("Oidc:Issuer", Issuer), new("Listener:TrustedProxies:0", "127.0.0.1"), new("Listener:TrustedProxies:1", "::1")]));
        provider.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        var metadata = await Metadata.ReadAsync(provider);

        Assert.Equal(Issuer, metadata.Text("issuer"));
        foreach (var endpoint in Endpoints) IsOurs(metadata.Text(endpoint));
        IsHonest(metadata);
        IsTyped(metadata);
        await KeysAreGoodAsync(provider, new Uri(metadata.Text("jwks_uri")).PathAndQuery);
    }

    private static void IsOurs(string address)
    {
        Assert.StartsWith(Issuer + "/", address, StringComparison.Ordinal);
        Assert.Empty(new Uri(address).Fragment);
    }

    private static void IsHonest(Metadata metadata)
    {
        Assert.Contains("openid", metadata.Strings("scopes_supported"));
        Assert.Equal((string[])["code"], metadata.Strings("response_types_supported"));
        Assert.Equal((string[])["form_post", "query"], metadata.Strings("response_modes_supported").Order());
        Assert.Equal((string[])["authorization_code", "client_credentials", "refresh_token"], metadata.Strings("grant_types_supported").Order());
        Assert.Equal((string[])["pairwise", "public"], metadata.Strings("subject_types_supported").Order());
        Assert.Contains("RS256", metadata.Strings("id_token_signing_alg_values_supported"));
        Assert.Contains("client_secret_basic", metadata.Strings("token_endpoint_auth_methods_supported"));
        Assert.Equal((string[])["S256"], metadata.Strings("code_challenge_methods_supported"));
        Assert.Empty(((string[])["sub", "name", "email", "address", "phone_number"]).Except(metadata.Strings("claims_supported")));
        Assert.True(metadata.Flag("claims_parameter_supported", absent: false));
        Assert.False(metadata.Flag("request_parameter_supported", absent: false));
        // Absent would mean true.
        Assert.False(metadata.Flag("request_uri_parameter_supported", absent: true));
    }

    /// <summary>Every member is known, and is a list, a flag or a text as its specification says.</summary>
    private static void IsTyped(Metadata metadata)
    {
        Assert.Empty(metadata.Names.Except([.. Endpoints, .. Lists, .. Flags, .. Texts]));
        foreach (var list in metadata.Names.Intersect(Lists)) metadata.Strings(list);
        foreach (var flag in metadata.Names.Intersect(Flags)) metadata.Flag(flag, absent: false);
        // RFC 5646: language in lower case, region in upper case.
        Assert.All(metadata.Strings("ui_locales_supported"), tag => Assert.Matches("^[a-z]{2,3}(-[A-Z]{2})?$", tag));
    }

    private static async Task KeysAreGoodAsync(TestProvider provider, string path)
    {
        var reply = await TestReply.ReadAsync(await provider.Http.GetAsync(path));
        Assert.Equal(200, reply.Status);
        Assert.Contains(reply.ContentType, (string[])["application/json", "application/jwk-set+json"]);
        var keys = reply.Json.GetProperty("keys").EnumerateArray().ToList();
        Assert.Distinct(keys.Select(k => k.GetProperty("kid").GetString()));
        Assert.Equal((string[])["ES256", "RS256"], keys.Select(k => k.GetProperty("alg").GetString()!).Distinct().Order());
        Assert.All(keys, IsPublicSigningKey);
    }

    private static void IsPublicSigningKey(JsonElement key)
    {
        Assert.Equal("sig", key.GetProperty("use").GetString());
        Assert.DoesNotContain(key.EnumerateObject(), m => m.Name is "d" or "p" or "q" or "dp" or "dq" or "qi" or "k" or "oth");
        var needed = key.GetProperty("kty").GetString() == "RSA" ? (string[])["n", "e"] : ["crv", "x", "y"];
        Assert.All(needed, name => Assert.NotEmpty(key.GetProperty(name).GetString()!));
    }
}
