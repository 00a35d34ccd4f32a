namespace Identity.Tests.Harness;

/// <summary>Clients of the test suite, beside those of the seed files.</summary>
public static class TestClients
{
    public const string Secret = "test-client-secret-not-for-production";

    /// <summary><c>rp-acting</c> takes every capacity, <c>rp-business</c> businesses and helpers, <c>rp-office</c> officials; the others citizens. <c>rp</c> and <c>rp-two</c>: standard profile, different sectors. <c>rp-grace</c>: may lose an answer. <c>api</c>: introspects. <c>spa</c>: public.</summary>
    public static string Document { get; } = $$"""
        {
          "sectors": [
            { "name": "test-one", "display_name": { "vi": "Lĩnh vực một", "en": "Sector one" } },
            { "name": "test-two", "display_name": { "vi": "Lĩnh vực hai", "en": "Sector two" } }
          ],
          "clients": [
            {{Client("rp", "test-one")}},
            {{Client("rp-two", "test-two")}},
            {{Client("rp-grace", "test-one", "\"data_release\": \"none\", \"refresh_token_grace_seconds\": 30,")}},
            {{Client("rp-acting", "test-one", "\"data_release\": \"none\", \"accepts_capacities\": [\"citizen\", \"representative\", \"official\", \"helper\"],")}},
            {{Client("rp-business", "test-two", "\"data_release\": \"consent\", \"purpose\": { \"vi\": \"kiểm thử\", \"en\": \"test\" }, \"accepts_capacities\": [\"representative\", \"helper\"],")}},
            {{Client("rp-office", "test-two", "\"data_release\": \"none\", \"accepts_capacities\": [\"official\"], \"minimum_representation\": \"confirmed_by_administrator\",")}},
            {{Client("rp-release", "test-one", "\"data_release\": \"consent\", \"purpose\": { \"vi\": \"kiểm thử\", \"en\": \"test\" },")}},
            {
              "client_id": "spa", "client_name": { "vi": "Ứng dụng trình duyệt", "en": "Browser application" }, "agency": { "vi": "Sở Mẫu", "en": "Sample department" },
              "application_type": "web", "token_endpoint_auth_method": "none", "redirect_uris": ["https://spa.example/cb"],
              "grant_types": ["authorization_code", "refresh_token"], "scopes": ["openid", "profile", "offline_access"], "sector": "test-one",
              "connectors": ["local"], "data_release": "none"
            },
            {
              "client_id": "api", "client_name": { "vi": "Máy chủ hồ sơ", "en": "Dossier server" }, "agency": { "vi": "Sở Mẫu", "en": "Sample department" },
              "application_type": "machine", "token_endpoint_auth_method": "client_secret_basic", "secrets": [{ "value": "{{Secret}}" }],
              "grant_types": ["client_credentials"], "scopes": ["dossier.read"], "resources": ["https://dossiers.anbinh.example"],
              "introspection_audiences": ["https://dossiers.anbinh.example"], "data_release": "none"
            }
          ]
        }
        """;

    private static string Client(string id, string sector, string extra = "\"data_release\": \"none\",") => $$"""
        {
          "client_id": "{{id}}", "client_name": { "vi": "Dịch vụ {{id}}", "en": "Service {{id}}" }, "agency": { "vi": "Sở Mẫu", "en": "Sample department" },
          "initiate_login_uri": "https://{{id}}.example/start", "application_type": "web", "token_endpoint_auth_method": "client_secret_basic",
          "secrets": [{ "value": "{{Secret}}" }], "redirect_uris": ["https://{{id}}.example/cb"], "post_logout_redirect_uris": ["https://{{id}}.example/out"],
          "grant_types": ["authorization_code", "refresh_token"], "scopes": ["openid", "profile", "email", "phone", "offline_access", "dossier.read"],
          "resources": ["https://dossiers.anbinh.example"], "sector": "{{sector}}", {{extra}}
          "connectors": ["local"]
        }
        """;
}
