using Identity.Domain.Clients;
using Identity.Server.Login;

namespace Identity.Server.Oidc.Authorize;

/// <summary>An authorization request that passed every rule of <see cref="AuthorizeRequestReader"/>.</summary>
/// <param name="Parameters">As they came: what is parked and judged again.</param>
public sealed record AuthorizeRequest(Client Client, AnswerTarget Target, RequestParameters Parameters)
{
    public string? Nonce { get; init; }
    public IReadOnlyList<string> Scopes { get; init; } = [];
    public string? CodeChallenge { get; init; }
    public IReadOnlyList<string> Prompts { get; init; } = [];
    public TimeSpan? MaxAge { get; init; }
    public ClaimsRequest Claims { get; init; } = ClaimsRequest.Empty;
    public string? RawClaims { get; init; }
    public string? LoginHint { get; init; }
    public string? UiLocales { get; init; }

    /// <summary>Subject that an ID token of ours, or the <c>claims</c> parameter, insists on.</summary>
    public string? RequiredSubject { get; init; }

    /// <summary>The human in <c>act</c> of that ID token, when its <c>sub</c> was somebody they acted for.</summary>
    public string? RequiredActor { get; init; }

    /// <summary>Ours: which capacity the application would like, by tax code, agency code, mandate or <c>self</c>.</summary>
    public string? WantedCapacity { get; init; }

    public bool HasPrompt(string value) => Prompts.Contains(value);
    public bool IsSilent => HasPrompt("none");

    public WaitingRequest ToPark() => new(ParkedRequests.Oidc, Client.ClientId, Parameters.ToQuery()) { LoginHint = LoginHint, UiLocales = UiLocales };
}

public enum ResponseMode
{
    Query,
    FormPost,
}

/// <summary>Where an answer or an error goes once the redirect URI is proven.</summary>
public sealed record AnswerTarget(string ClientId, string RedirectUri, ResponseMode Mode, string? State);

public abstract record AuthorizeVerdict
{
    private AuthorizeVerdict() { }

    public sealed record Valid(AuthorizeRequest Request) : AuthorizeVerdict;

    /// <summary>The redirect URI is not proven: the error is shown here and never sent anywhere (RFC 9700 §4.11).</summary>
    public sealed record Shown(OidcError Error, Client? Client) : AuthorizeVerdict;

    public sealed record Redirected(OidcError Error, AnswerTarget Target) : AuthorizeVerdict;
}
