using System.Text.Json.Nodes;
using Identity.Domain.Clients;
using static Identity.Tests.Configuration.ConfigurationFixture;

namespace Identity.Tests.Configuration;

public sealed class ClientRuleTests
{
    [Theory]
    [InlineData("portal", "client_id", "\"bad id\"", "client_id")]
    [InlineData("portal", "client_id", "\"địa-chỉ\"", "client_id")]
    [InlineData("portal", "profile", "\"fapi2\"", "profile")]
    [InlineData("portal", "relaxations", "[\"pkce_optional\"]", "relaxations")]
    [InlineData("portal", "id_token_signed_response_alg", "\"RS256\"", "id_token_signed_response_alg")]
    [InlineData("portal", "id_token_signed_response_alg", "\"none\"", "id_token_signed_response_alg")]
    [InlineData("portal", "redirect_uris", "[]", "redirect_uris")]
    [InlineData("portal", "connectors", "[]", "connectors")]
    [InlineData("portal", "connectors", "[\"local\"]", "minimum_proofing")]
    [InlineData("portal", "secrets", "[]", "secrets")]
    [InlineData("portal", "scopes", "[\"openid\"]", "scopes")]
    [InlineData("portal", "scopes", "[\"profile\", \"offline_access\"]", "scopes")]
    [InlineData("portal", "grant_types", "[\"authorization_code\"]", "scopes")]
    [InlineData("portal", "grant_types", "[\"implicit\"]", "grant_types[0]")]
    [InlineData("portal", "sector", "\"public-service\"", "sector")]
    [InlineData("portal", "jwks_uri", "\"https://portal.example/keys\"", "jwks_uri")]
    [InlineData("portal", "approved_scopes", "[\"vn_pin\"]", "approved_scopes")]
    [InlineData("portal", "minimum_acr_level", "0", "minimum_acr_level")]
    [InlineData("portal", "access_token_lifetime_seconds", "3601", "access_token_lifetime_seconds")]
    [InlineData("portal", "authorization_code_lifetime_seconds", "61", "authorization_code_lifetime_seconds")]
    [InlineData("portal", "refresh_token_idle_seconds", "2592001", "refresh_token_idle_seconds")]
    [InlineData("portal", "resources", "[\"https://nowhere.example\"]", "resources")]
    [InlineData("documents", "scopes", "[\"openid\", \"vn_pin\"]", "approved_scopes")]
    [InlineData("documents", "scopes", "[\"openid\", \"dossier.read\"]", "resources")]
    [InlineData("documents", "application_type", "\"native\"", "token_endpoint_auth_method")]
    [InlineData("native-sample", "introspection_audiences", "[\"https://dossiers.anbinh.example\"]", "introspection_audiences")]
    [InlineData("native-sample", "secrets", "[]", "secrets")]
    [InlineData("platform-machine", "redirect_uris", "[\"https://machine.example/cb\"]", "redirect_uris")]
    [InlineData("platform-machine", "scopes", "[\"profile\"]", "scopes")]
    public void One_wrong_member_of_a_working_client_is_the_one_error(string client, string member, string value, string place)
    {
        var error = OnlyError(client, c =>
        {
            c[member] = JsonNode.Parse(value);
            // What it says about single attributes would be about scopes that are gone.
            if (member is "scopes" && client is "documents") c.Remove("release");
        });
        Assert.Equal(place, error.Path[(error.Path.IndexOf('.', StringComparison.Ordinal) + 1)..]);
    }

    [Theory]
    [InlineData("client_id")]
    [InlineData("client_name")]
    [InlineData("agency")]
    [InlineData("purpose")]
    [InlineData("application_type")]
    [InlineData("token_endpoint_auth_method")]
    [InlineData("grant_types")]
    [InlineData("sector")]
    [InlineData("redirect_uris")]
    [InlineData("connectors")]
    [InlineData("secrets")]
    public void A_missing_member_is_the_one_error(string member) =>
        Assert.Equal($"clients[0].{member}", OnlyError("portal", c => c.Remove(member)).Path);

    [Fact]
    public void A_public_client_cannot_have_client_credentials() =>
        Assert.Equal("clients[2].grant_types", OnlyError("native-sample", c => c["grant_types"]!.AsArray().Add("client_credentials")).Path);

    [Fact]
    public void A_public_client_cannot_make_pkce_optional() =>
        Assert.Equal("clients[2].relaxations", OnlyError("native-sample", c =>
        {
            c["profile"] = "compatible";
            c["relaxations"] = new JsonArray("pkce_optional");
        }).Path);

    [Fact]
    public void A_compatible_client_has_the_relaxations_it_names_and_no_others()
    {
        var client = Accepted(ConformanceSeed(), Accepted(Development())).Clients.Single(c => c.ClientId == "conformance-post");
        Assert.True(client is { RequiresPkce: false, RequiresNonce: false, IdTokenSignedResponseAlg: IdTokenSignatureAlgorithm.Rs256 });
        Assert.False(client.Has(Relaxation.ClaimsInIdToken));
    }

    [Theory]
    [InlineData("d", "AAAA", "private member")]
    [InlineData("x", "AAAA", "32 bytes")]
    [InlineData("kty", "oct", "kty EC")]
    [InlineData("use", "enc", "use")]
    public void A_key_set_with_one_wrong_member_is_refused(string member, string value, string because)
    {
        var file = ConformanceSeed();
        ClientOf(file, "conformance-private-key")["jwks"]!["keys"]![0]![member] = value;
        var error = Assert.Single(Errors(file, Accepted(Development())));
        Assert.Equal("clients[2].jwks", error.Path);
        Assert.Contains(because, error.Message.En, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", error.Message.En, StringComparison.Ordinal);
    }
}
