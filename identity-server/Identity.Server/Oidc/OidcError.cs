namespace Identity.Server.Oidc;

/// <summary>
/// Every refusal of the protocol endpoints. The wire gets the fixed sentence; the operator gets <see cref="LogDetail"/>. Codes
/// are those of RFC 6749 §4.1.2.1 and §5.2, RFC 6750 §3.1, OpenID Connect Core §3.1.2.6.
/// </summary>
public sealed record OidcError(string Code, string Description, int Status = StatusCodes.Status400BadRequest)
{
    /// <summary>Free of secrets and personal data; never on the wire.</summary>
    public string? LogDetail { get; init; }

    /// <summary>Which WWW-Authenticate scheme a 401 must name.</summary>
    public string? Challenge { get; init; }

    public static OidcError InvalidRequest(string logDetail) =>
        new("invalid_request", "The request is missing a parameter, repeats one, or holds a value that is not valid.") { LogDetail = logDetail };

    public static OidcError InvalidClient(string logDetail) =>
        new("invalid_client", "Client authentication failed.", StatusCodes.Status401Unauthorized) { LogDetail = logDetail, Challenge = "Basic" };

    public static OidcError InvalidGrant(string logDetail) =>
        new("invalid_grant", "The grant is invalid, expired or revoked.") { LogDetail = logDetail };

    public static OidcError InvalidScope(string logDetail) =>
        new("invalid_scope", "A requested scope is not available to this client.") { LogDetail = logDetail };

    public static OidcError UnauthorizedClient(string logDetail) =>
        new("unauthorized_client", "The client may not use this grant.") { LogDetail = logDetail };

    public static OidcError UnsupportedGrantType { get; } =
        new("unsupported_grant_type", "The grant type is not supported.");

    public static OidcError UnsupportedResponseType(string logDetail) =>
        new("unsupported_response_type", "Only the response type code is supported.") { LogDetail = logDetail };

    public static OidcError RequestNotSupported { get; } = new("request_not_supported", "The request parameter is not supported.");
    public static OidcError RequestUriNotSupported { get; } = new("request_uri_not_supported", "The request_uri parameter is not supported.");
    public static OidcError RegistrationNotSupported { get; } = new("registration_not_supported", "The registration parameter is not supported.");

    public static OidcError LoginRequired(string logDetail) =>
        new("login_required", "The person must sign in.") { LogDetail = logDetail };

    public static OidcError InteractionRequired(string logDetail) =>
        new("interaction_required", "The person must answer a page first.") { LogDetail = logDetail };

    public static OidcError ConsentRequired(string logDetail) =>
        new("consent_required", "The person must decide about the release of data.") { LogDetail = logDetail };

    public static OidcError AccountSelectionRequired(string logDetail) =>
        new("account_selection_required", "The person must choose an account.") { LogDetail = logDetail };

    public static OidcError UnmetAuthenticationRequirements(string logDetail) =>
        new("unmet_authentication_requirements", "The requested level of authentication could not be reached.") { LogDetail = logDetail };

    public static OidcError AccessDenied(string logDetail) =>
        new("access_denied", "The person or the server refused the request.") { LogDetail = logDetail };

    public static OidcError InvalidToken(string logDetail) =>
        new("invalid_token", "The access token is missing, invalid, expired or revoked.", StatusCodes.Status401Unauthorized) { LogDetail = logDetail, Challenge = "Bearer" };

    public static OidcError InsufficientScope(string logDetail) =>
        new("insufficient_scope", "The access token does not cover this request.", StatusCodes.Status403Forbidden) { LogDetail = logDetail, Challenge = "Bearer" };
}
