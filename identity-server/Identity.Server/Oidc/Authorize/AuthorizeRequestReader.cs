using System.Globalization;
using System.Text.Json;
using Identity.Domain.Clients;
using Identity.Server.Oidc.Token;
using Identity.Server.Oidc.Tokens;

namespace Identity.Server.Oidc.Authorize;

/// <summary>
/// The rules of an authorization request, top to bottom (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.2, RFC 7636 §4.3). Until
/// the redirect URI has passed, an error is shown; after that it is sent there.
/// </summary>
public sealed class AuthorizeRequestReader(ClientRegistry registry, IdTokenHint hints)
{
    private const int MaximumState = 2_000;
    private const int MaximumNonce = 1_000;
    private const int MaximumListItems = 50;
    private const int MaximumCapacity = 100;
    internal static readonly string[] KnownPrompts = ["none", "login", "consent", "select_account"];

    public AuthorizeVerdict Read(RequestParameters parameters)
    {
        if (registry.FindClient(parameters["client_id"]) is not { } client) return Show(OidcError.InvalidRequest("unknown client_id"));
        if (!client.Enabled) return Show(OidcError.UnauthorizedClient("client disabled"), client);
        if (parameters["redirect_uri"] is not { } redirectUri) return Show(OidcError.InvalidRequest("redirect_uri is missing"), client);
        if (!client.HasRedirectUri(redirectUri)) return Show(OidcError.InvalidRequest("redirect_uri is not registered"), client);
        if (parameters["state"] is { Length: > MaximumState }) return Show(OidcError.InvalidRequest("state is too long"), client);

        // From here the address is proven.
        var target = new AnswerTarget(client.ClientId, redirectUri, ReadMode(parameters["response_mode"]) ?? ResponseMode.Query, parameters["state"]);
        return FirstProblem(client, parameters) is { } error
            ? new AuthorizeVerdict.Redirected(error, target)
            : ReadRest(client, target, parameters);
    }

    private OidcError? FirstProblem(Client client, RequestParameters p)
    {
        if (ReadMode(p["response_mode"]) is null) return OidcError.InvalidRequest("response_mode is not supported");
        if (p["request"] is not null) return OidcError.RequestNotSupported;
        if (p["request_uri"] is not null) return OidcError.RequestUriNotSupported;
        if (p["registration"] is not null) return OidcError.RegistrationNotSupported;
        if (p["response_type"] is not { } responseType) return OidcError.InvalidRequest("response_type is missing");
        if (responseType != "code") return OidcError.UnsupportedResponseType("only code");
        if (!client.Allows(GrantType.AuthorizationCode)) return OidcError.UnauthorizedClient("the client has no authorization_code grant");
        return ScopeProblem(client, Words(p["scope"])) ?? PkceProblem(client, p) ?? NonceProblem(client, p) ?? PromptProblem(p);
    }

    private OidcError? ScopeProblem(Client client, string[] scopes)
    {
        if (scopes.Length == 0) return OidcError.InvalidScope("no scope");
        if (scopes.Length > MaximumListItems) return OidcError.InvalidScope("too many scopes");
        // OpenID Connect Core §3.1.2.1: scopes nobody knows are ignored; scopes we know and the client may not have are refused.
        return scopes.FirstOrDefault(s => IsKnown(s) && !client.AllowsScope(s)) is { } refused ? OidcError.InvalidScope($"scope {refused} is not registered") : null;
    }

    private static OidcError? PkceProblem(Client client, RequestParameters p) => (p["code_challenge"], p["code_challenge_method"]) switch
    {
        (null, null) => client.RequiresPkce ? OidcError.InvalidRequest("PKCE is required") : null,
        (null, _) => OidcError.InvalidRequest("code_challenge_method without code_challenge"),
        // RFC 7636 §4.3: without a method it would be plain.
        (_, not Pkce.Method) => OidcError.InvalidRequest("code_challenge_method must be S256"),
        ({ } challenge, _) => Pkce.IsChallenge(challenge) ? null : OidcError.InvalidRequest("code_challenge is malformed"),
    };

    private static OidcError? NonceProblem(Client client, RequestParameters p) =>
        p["nonce"] is { Length: > MaximumNonce } ? OidcError.InvalidRequest("nonce is too long")
        : client.RequiresNonce && p["nonce"] is null && Words(p["scope"]).Contains(Scope.OpenId) ? OidcError.InvalidRequest("nonce is required")
        : null;

    private static OidcError? PromptProblem(RequestParameters p)
    {
        var prompts = Words(p["prompt"]);
        if (prompts.Except(KnownPrompts).Any()) return OidcError.InvalidRequest("unknown prompt");
        if (prompts.Contains("none") && prompts.Length > 1) return OidcError.InvalidRequest("prompt none with others");
        if (p["max_age"] is { } age && !int.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return OidcError.InvalidRequest("max_age is no number");
        if (ClaimsRequest.Parse(p["claims"]) is null) return OidcError.InvalidRequest("claims is malformed");
        if (p["capacity"] is { Length: > MaximumCapacity }) return OidcError.InvalidRequest("capacity is too long");
        return Words(p["acr_values"]).Length > MaximumListItems || Words(p["ui_locales"]).Length > MaximumListItems
            ? OidcError.InvalidRequest("a list is too long")
            : null;
    }

    private AuthorizeVerdict ReadRest(Client client, AnswerTarget target, RequestParameters p)
    {
        var claims = ClaimsRequest.Parse(p["claims"])!;
        var subject = claims.IdToken.GetValueOrDefault("sub") is { Values: [var wanted, ..] } ? wanted : null;
        string? actor = null;
        if (p["id_token_hint"] is { } hint && !TryReadHint(hint, client, ref subject, out actor))
            return new AuthorizeVerdict.Redirected(OidcError.InvalidRequest("id_token_hint is not a token of ours for this client"), target);

        return new AuthorizeVerdict.Valid(new AuthorizeRequest(client, target, p)
        {
            Nonce = p["nonce"],
            Scopes = [.. Words(p["scope"]).Where(s => IsKnown(s) && client.AllowsScope(s)).Distinct()],
            CodeChallenge = p["code_challenge"],
            Prompts = Words(p["prompt"]),
            MaxAge = p["max_age"] is { } age ? TimeSpan.FromSeconds(int.Parse(age, CultureInfo.InvariantCulture)) : null,
            Claims = claims,
            RawClaims = p["claims"],
            LoginHint = p["login_hint"] is { Length: <= 200 } loginHint ? loginHint : null,
            UiLocales = p["ui_locales"],
            RequiredSubject = subject,
            RequiredActor = actor,
            WantedCapacity = p["capacity"],
        });
    }

    /// <summary>OpenID Connect Core §3.1.2.1: an expired hint still says who; a forged or foreign one says nothing.</summary>
    private bool TryReadHint(string hint, Client client, ref string? subject, out string? actor)
    {
        actor = null;
        if (hints.Read(hint) is not { } claims || claims.Audiences[0] != client.ClientId) return false;
        if (subject is not null && subject != claims.Subject) return false;
        subject = claims.Subject;
        actor = claims.Element.TryGetProperty("act", out var act) && act.ValueKind == JsonValueKind.Object
            && act.TryGetProperty("sub", out var human) && human.ValueKind == JsonValueKind.String ? human.GetString() : null;
        return true;
    }

    private bool IsKnown(string scope) => registry.FindScope(scope) is not null;

    private static ResponseMode? ReadMode(string? value) => value switch
    {
        null or "query" => ResponseMode.Query,
        "form_post" => ResponseMode.FormPost,
        _ => null,
    };

    private static string[] Words(string? list) => list?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static AuthorizeVerdict.Shown Show(OidcError error, Client? client = null) => new(error, client);
}
