using Identity.Domain.Assurance;
using Identity.Domain.Clients;
using Identity.Domain.Failures;
using Identity.Domain.Grants;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Http;
using Identity.Server.Login;
using Identity.Server.Login.Factors;
using Identity.Server.Oidc.Token;
using Identity.Server.Oidc.Tokens;
using Identity.Server.Pages.SignIn;

namespace Identity.Server.Oidc.Authorize;

/// <summary>
/// <c>/connect/authorize</c> (OpenID Connect Core §3.1.2). Judges the request, asks the login journey what is still missing, parks the
/// request while pages are shown, and answers it once.
/// </summary>
public sealed class AuthorizeEndpoint(AuthorizeRequestReader reader, LoginSession login, ParkedRequests parked, LoginProblems problems,
    SubjectLedger subjects, PersonDirectory people, ClaimsRelease release, GrantGate gate, BouncedRequests bounced, SecondFactorFacts factors, AuthorizeAnswer answer, BrowserCookies cookies,
    CapacityDesk capacities, IdentityDb db, TimeProvider clock)
{
    public const string Path = "/connect/authorize";
    public const string ResumePath = "/connect/authorize/callback";

    public async Task HandleAsync(HttpContext http)
    {
        var source = HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType
            ? (IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>>)await http.Request.ReadFormAsync(http.RequestAborted)
            : http.Request.Query;
        if (RequestParameters.Parse(source, out var problem) is not { } parameters)
        {
            await answer.ShowAsync(http, OidcError.InvalidRequest(problem!), client: null);
            return;
        }
        if (cookies.StayedBehind(http) && parameters.ToQuery() is { Length: <= RequestParameters.LongestAddress } query)
        {
            http.SeeOther($"{Path}?{query}");
            return;
        }
        await RespondAsync(http, parameters, pending: null);
    }

    /// <summary>A page has been answered: judge the parked request again from the start, since much may have changed meanwhile.</summary>
    public async Task ResumeAsync(HttpContext http)
    {
        var id = http.Request.Query["request"].ToString();
        if (await parked.FindOpenAsync(http, id) is not { Protocol: ParkedRequests.Oidc } pending)
        {
            http.SeeOther(LoginAddress.Page(id, "expired"));
            return;
        }
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(pending.Request);
        await RespondAsync(http, RequestParameters.Parse(query, out _)!, pending);
    }

    private async Task RespondAsync(HttpContext http, RequestParameters parameters, PendingAuthentication? pending)
    {
        switch (reader.Read(parameters))
        {
            case AuthorizeVerdict.Shown shown:
                await answer.ShowAsync(http, shown.Error, shown.Client);
                break;
            case AuthorizeVerdict.Redirected redirected:
                await answer.RefuseAsync(http, redirected.Target, redirected.Error, pending);
                break;
            case AuthorizeVerdict.Valid { Request: var request }:
                await ContinueAsync(http, request, parameters, pending);
                break;
        }
    }

    private async Task ContinueAsync(HttpContext http, AuthorizeRequest request, RequestParameters parameters, PendingAuthentication? pending)
    {
        var ct = http.RequestAborted;
        BrowserCookies.Serve(http, request.Client);
        var target = new AnswerTarget(request.Client.ClientId, request.RedirectUri, request.ResponseMode, request.State);
        if (pending?.Denial is { } denial)
        {
            await answer.RefuseAsync(http, target, OidcError.AccessDenied(denial), pending);
            return;
        }
        var signedIn = await SignedInAsync(http, request.Client);
        var session = signedIn?.Session;
        if (await RequirementsAsync(request, signedIn, pending, ct) is not { } needs)
        {
            await answer.RefuseAsync(http, target, OidcError.LoginRequired("the required subject is nobody we know"), pending);
            return;
        }
        var settled = signedIn is null ? null : ReleaseMemory.Settled(signedIn, needs, pending);
        var step = LoginJourney.NextStep(needs, session, pending, settled is not null, await factors.OfAsync(needs, session, ct));

        if (step == LoginStep.Answer && await bounced.StopAsync(http, request, parameters, session!, pending)) return;
        if (step == LoginStep.Answer && !request.IsSilent && !cookies.IsShared(http) && await factors.SuggestAsync(request.Client, pending, session!, ct) is not null)
        {
            http.SeeOther(LoginAddress.Page(pending!.Id, "suggest"));
        }
        else if (step == LoginStep.Answer)
        {
            await capacities.UseAsync(request.Client, session!, needs.Capacity!.Settled!, ct);
            await answer.IssueAsync(http, request, session!, AssurancePolicy.Counted(session!.Context(), needs.Effective, needs.RequestedAt), needs.Capacity.Settled!, settled, pending);
        }
        else if (Refusal(request, step) is { } error) await answer.RefuseAsync(http, target, error, pending);
        else await AskAsync(http, request, parameters, pending, needs, step, session?.PersonId);
    }

    /// <summary>
    /// Somebody who was suspended, or whose connector was, is signed in no longer: they sign in anew and are told there. A connector
    /// that only this client does not take is the journey's matter.
    /// </summary>
    private async Task<SignedIn?> SignedInAsync(HttpContext http, Client client)
    {
        if (await login.SignedInAsync(http, client, http.RequestAborted) is not { } signedIn) return null;
        return gate.Check(signedIn.Person, client, signedIn.Session.Connector) is null or UseRefusal.ConnectorNotAllowed ? signedIn : null;
    }

    private async Task<LoginRequirements?> RequirementsAsync(AuthorizeRequest request, SignedIn? signedIn, PendingAuthentication? pending, CancellationToken ct)
    {
        if (await InsistedOnAsync(request, ct) is not var (required, party)) return null;
        var attributes = signedIn is null ? null : people.Open(signedIn.Session.PersonId, signedIn.Attributes);
        var acr = request.Claims.IdToken.GetValueOrDefault("acr");
        var essentialLevel = acr is { Essential: true, Values.Count: > 0 } ? AcrValues.LowestRequested(acr.Values) ?? int.MaxValue : 0;
        var maxAge = request.MaxAge < request.Client.SessionMaxAge ? request.MaxAge : request.Client.SessionMaxAge ?? request.MaxAge;
        return new LoginRequirements(
            request.Client,
            new AssuranceRequirement(Math.Max(request.Client.MinimumAcrLevel, essentialLevel), maxAge, request.Client.MinimumProofing),
            pending?.CreatedAt ?? clock.GetUtcNow())
        {
            // OpenID Connect Core §3.1.2.1: max_age=0 is prompt=login.
            ForceLogin = request.HasPrompt("login") || maxAge == TimeSpan.Zero,
            SelectAccount = request.HasPrompt("select_account"),
            RequiredPerson = required,
            RequiredParty = party,
            Capacity = signedIn is null ? null
                : await capacities.ReadAsync(request.Client, signedIn.Session, pending, new(request.WantedCapacity, party), request.HasPrompt("select_account"), ct),
            Release = attributes is null ? ReleaseRequest.Nothing
                : release.Describe(request.Client, request.Scopes, request.Claims, attributes, request.HasPrompt("consent")),
        };
    }

    /// <summary>Whom the request insists on: the human, and the party they are to act for. Null when an identifier is nobody's here.</summary>
    private async Task<(Guid? Person, Guid? Party)?> InsistedOnAsync(AuthorizeRequest request, CancellationToken ct)
    {
        if (request.RequiredSubject is not { } subject) return (null, null);
        var person = await subjects.PersonOfAsync(subject, request.Client, ct);
        if ((person ?? await subjects.PartyOfAsync(subject, request.Client, ct)) is not { } party) return null;
        if (request.RequiredActor is not { } actor) return (person, party);
        return await subjects.PersonOfAsync(actor, request.Client, ct) is { } human ? (human, party) : null;
    }

    /// <summary>What cannot be asked, or must not be (<c>prompt=none</c>), is an error for the application.</summary>
    private static OidcError? Refusal(AuthorizeRequest request, LoginStep step) => step switch
    {
        LoginStep.CannotSatisfy => OidcError.UnmetAuthenticationRequirements("signed in, and still short of what was asked"),
        LoginStep.OtherPerson => OidcError.LoginRequired("another person signed in than the request insists on"),
        LoginStep.OtherParty => OidcError.LoginRequired("the person acts for somebody else than the request insists on"),
        LoginStep.SignIn or LoginStep.StepUp or LoginStep.Enrol when request.IsSilent => OidcError.LoginRequired("prompt=none"),
        LoginStep.SelectAccount when request.IsSilent => OidcError.AccountSelectionRequired("prompt=none"),
        LoginStep.Release when request.IsSilent => OidcError.ConsentRequired("prompt=none"),
        _ when request.IsSilent => OidcError.InteractionRequired("prompt=none"),
        _ => null,
    };

    private async Task AskAsync(HttpContext http, AuthorizeRequest request, RequestParameters parameters, PendingAuthentication? pending, LoginRequirements needs, LoginStep step, Guid? personId)
    {
        var isResumed = pending is not null;
        var release = step == LoginStep.Release ? needs.Release : null;
        // Said again only where there was something to choose.
        var capacity = step == LoginStep.Release && !request.Client.AcceptsOnlyCitizens ? needs.Capacity!.Settled : null;
        if (pending is null)
        {
            pending = await parked.ParkAsync(http, ParkedRequests.Oidc, request.Client.ClientId, parameters.ToQuery(), request.LoginHint, request.UiLocales, needs.ForceLogin, release,
                needs.Effective, capacity, personId);
        }
        else
        {
            ParkedRequests.Ask(pending, release);
            ParkedRequests.Require(pending, needs.Effective);
            ParkedRequests.Settle(pending, capacity, personId);
            if (step == LoginStep.ProofingTooLow) problems.Note(pending, "signin.refused", ProblemKind.LevelTooLow, pending.Connector, "the application needs a better proofed identity", SignInStep.SignedIn);
            await db.SaveChangesAsync(http.RequestAborted);
        }
        http.SeeOther(step switch
        {
            LoginStep.SelectAccount => LoginAddress.Page(pending.Id, "switch"),
            LoginStep.ActingFor => LoginAddress.Page(pending.Id, CapacityEndpoints.Page),
            LoginStep.Release => LoginAddress.Page(pending.Id, "release"),
            LoginStep.ProofingTooLow => LoginAddress.Page(pending.Id, "problem"),
            LoginStep.StepUp => LoginAddress.StepUp(pending.Id),
            LoginStep.Enrol => LoginAddress.Page(pending.Id, "enrol"),
            // Whoever is signed in was judged already; a page that leads back here would come round for ever.
            _ => isResumed ? LoginAddress.ChooserToStay(pending.Id) : LoginAddress.Chooser(pending.Id),
        });
    }
}
