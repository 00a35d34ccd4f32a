namespace Identity.Sandbox.Eid;

internal sealed class Discovery(string issuer)
{
    /// <summary>The second is where WSO2 keeps it; both say the same.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        ["/.well-known/openid-configuration", "/oauth2/token/.well-known/openid-configuration"];

    public IResult Show() => Results.Json(new Dictionary<string, object>
    {
        ["issuer"] = issuer,
        ["authorization_endpoint"] = $"{issuer}/oauth2/authorize",
        ["token_endpoint"] = $"{issuer}/oauth2/token",
        ["userinfo_endpoint"] = $"{issuer}/oauth2/userinfo",
        ["introspection_endpoint"] = $"{issuer}/oauth2/introspect",
        ["jwks_uri"] = $"{issuer}/oauth2/jwks",
        ["end_session_endpoint"] = $"{issuer}/oidc/logout",
        ["scopes_supported"] = List("openid"),
        ["response_types_supported"] = List("code"),
        ["response_modes_supported"] = List("query"),
        ["grant_types_supported"] = List("authorization_code"),
        ["acr_values_supported"] = List("LoA1"),
        ["subject_types_supported"] = List("public"),
        ["id_token_signing_alg_values_supported"] = List("RS256"),
        ["token_endpoint_auth_methods_supported"] = List("client_secret_post", "client_secret_basic"),
        ["code_challenge_methods_supported"] = List("S256"),
        ["claims_supported"] = List("sub", "TechID", "LoaiTaiKhoan", "HoVaTen", "SoDinhDanh", "NgayThangNamSinh"),
    });

    static string[] List(params string[] values) => values;
}
