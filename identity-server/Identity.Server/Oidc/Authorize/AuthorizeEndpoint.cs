using Identity.Domain.Assurance;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Sessions;
using Identity.Server.Http;
using Identity.Server.Login;
using Identity.Server.Login.Factors;
using Identity.Server.Oidc.Token;

namespace Identity.Server.Oidc.Authorize;

/// <summary>
/// <c>/connect/authorize</c> (OpenID Connect Core §3.1.2). Judges the request, asks the login journey what is still missing, parks the
/// request while pages are shown, and answers it once.
/// </summary>
public sealed class AuthorizeEndpoint(AuthorizeRequestReader reader, LoginSession login, GrantGate gate, ParkedRequests parked, AuthorizeRequirements requirements, SecondFactorFacts factors,
    AuthorizePages pages, BouncedRequests bounced, CapacityDesk capacities, AuthorizeAnswer answer, BrowserCookies cookies)
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
                await ContinueAsync(http, request, pending);
                break;
        }
    }

    private async Task ContinueAsync(HttpContext http, AuthorizeRequest request, PendingAuthentication? pending)
    {
        var ct = http.RequestAborted;
        BrowserCookies.Serve(http, request.Client);
        if (pending?.Denial is { } denial)
        {
            await answer.RefuseAsync(http, request.Target, OidcError.AccessDenied(denial), pending);
            return;
        }
        var present = await login.SignedInAsync(http, request.Client, ct);
        var signedIn = MayGoOn(present, request.Client) ? present : null;
        var session = signedIn?.Session;
        if (await requirements.OfAsync(request, signedIn, pending, ct) is not { } needs)
        {
            await answer.RefuseAsync(http, request.Target, OidcError.LoginRequired("the required subject is nobody we know"), pending);
            return;
        }
        var settled = signedIn is null ? null : ReleaseMemory.Settled(signedIn, needs, pending);
        var step = LoginJourney.NextStep(needs, session, pending, settled is not null, await factors.OfAsync(needs, session, ct));

        if (step == LoginStep.Answer && await bounced.StopAsync(http, request, session!, pending)) return;
        if (step == LoginStep.Answer && !request.IsSilent && !cookies.IsShared(http) && await factors.SuggestAsync(request.Client, pending, session!, ct) is not null)
        {
            http.SeeOther(LoginAddress.Page(pending!.Id, "suggest"));
        }
        else if (step == LoginStep.Answer)
        {
            await capacities.UseAsync(request.Client, session!, needs.Capacity!.Settled!, ct);
            await answer.IssueAsync(http, request, session!, AssurancePolicy.Counted(session!.Context(), needs.Effective, needs.RequestedAt), needs.Capacity.Settled!, settled, pending);
        }
        else if (Refusal(request, step) is { } error)
        {
            if (pending is not null) await pages.NoteRefusedAsync(pending, step, ct);
            await answer.RefuseAsync(http, request.Target, error, pending);
        }
        else await pages.AskAsync(http, request, pending, needs, step, session?.PersonId, isNobodyThere: present is null);
    }

    /// <summary>
    /// Somebody who was suspended, or whose connector was, is signed in no longer: they sign in anew and are told there. A connector
    /// that only this client does not take is the journey's matter.
    /// </summary>
    private bool MayGoOn(SignedIn? present, Client client) =>
        present is not null && gate.Check(present.Person, client, present.Session.Connector) is null or UseRefusal.ConnectorNotAllowed;

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
}
