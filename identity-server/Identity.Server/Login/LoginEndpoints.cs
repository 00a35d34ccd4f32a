using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Failures;
using Identity.Domain.Grants;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Http;
using Identity.Server.Oidc;
using Identity.Server.Pages.SignIn;
using Identity.Server.Telemetry;
using Microsoft.Extensions.Options;

namespace Identity.Server.Login;

/// <summary>
/// The trip to an upstream and back. Every handler finds the parked request of this browser, does one thing, and leads on by 303;
/// what the trip proved becomes a person and a session in <see cref="FederatedSignIn"/>.
/// </summary>
internal static class LoginEndpoints
{
    public const string CallbackPath = "/login/callback";
    private const int LongestState = 200;

    /// <summary>The form's button, not a link, starts the trip: a link could be followed by anything that crawls.</summary>
    public static async Task StartAsync(HttpContext http, string request, string connector, ParkedRequests parked, ClientRegistry registry,
        ConnectorCatalog connectors, UpstreamTrips trips, LoginProblems problems, IdentityDb db, PageLanguage language, IOptions<OidcOptions> options, ServerMeter meter, TimeProvider clock)
    {
        if (await parked.OpenOrExpiredAsync(http, request) is not { } pending) return;
        if (OfferedConnectors.Find(registry, pending, connector) is not { } row || connectors.FindRedirect(connector) is not { } running)
        {
            http.SeeOther(LoginAddress.Chooser(request));
            return;
        }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["confirm"] != "1" && (InAppBrowser.Is(http) || row.Incident is not null))
        {
            http.SeeOther(LoginAddress.Page(request, $"going/{Uri.EscapeDataString(connector)}"));
            return;
        }
        var began = clock.GetTimestamp();
        var start = await running.StartAsync(Ask(pending, row, language, options.Value), http.RequestAborted);
        meter.Upstream(connector, "start", (start as UpstreamStart.Unavailable)?.Why, clock.GetElapsedTime(began));
        pending.Connector = connector;
        var asked = clock.GetUtcNow() - clock.GetElapsedTime(began);
        pending.Reach(SignInStep.Chosen, asked, connector);
        if (start is UpstreamStart.Redirect { Transaction: var transaction })
        {
            pending.StateDigest = BearerSecret.DigestOf(transaction.State);
            pending.SealedTransaction = trips.Seal(pending, transaction);
            pending.Problem = null;
            pending.Reach(SignInStep.Left, clock.GetUtcNow());
        }
        else if (start is UpstreamStart.Unavailable { Why: var why, Detail: var detail })
        {
            problems.Note(pending, "signin.failed", ProblemShape.From(why), connector, $"{why}: {detail}", SignInStep.Left);
        }
        await db.SaveChangesAsync(http.RequestAborted);
        http.SeeOther(start is UpstreamStart.Redirect { Address: var address } ? address.AbsoluteUri : LoginAddress.Page(request, "problem"));
    }

    /// <summary>Hop 1 of the way back: a trip of this browser, through this connector, once.</summary>
    public static async Task CallbackAsync(HttpContext http, string connector, PendingAuthenticationStore pendings, BrowserCookies cookies,
        UpstreamTrips trips, RequestOrigin origin, ErrorPage errors)
    {
        var ct = http.RequestAborted;
        var state = http.Request.Query["state"] is [{ Length: <= LongestState } single] ? single : null;
        var pending = state is not null && cookies.ReadBrowser(http) is { } browser ? await pendings.FindByStateAsync(state, connector, browser, ct) : null;
        // The e-ID's application opens the browser that it likes. Nothing goes on here, but the page knows the application and the way back to it.
        if (pending is null && state is not null && await pendings.IdByStateAsync(state, connector, ct) is { } elsewhere)
        {
            http.SeeOther(LoginAddress.Page(elsewhere, "problem"));
            return;
        }
        if (pending is null)
        {
            await errors.ShowAsync(http, "signin.stray_answer", OidcError.InvalidRequest("an upstream answer that fits no sign-in of this browser"), client: null);
            return;
        }
        // The back button or a second click brings the same answer again: it was judged, so go where it led.
        if (await pendings.TakeTripAsync(pending, ct) is not { } trip)
        {
            http.SeeOther(LoginAddress.Page(pending.Id, "continue"));
            return;
        }
        var answer = new UpstreamCallback(http.Request.QueryString.Value ?? "", new Dictionary<string, string>());
        var isThere = await trips.CompleteAsync(pending, trip, answer, origin);
        http.SeeOther(LoginAddress.Page(pending.Id, isThere ? "continue" : "returning"));
    }

    /// <summary>The outcome of a trip is in the parked request: become a session, ask, or explain.</summary>
    public static async Task ContinueAsync(HttpContext http, string request, ParkedRequests parked, FederatedSignIn federated, BrowserCookies cookies, FirstContact contact)
    {
        if (await parked.OpenOrExpiredAsync(http, request) is not { } pending) return;
        if (pending.SealedIdentity is null && pending.Problem is not null) http.SeeOther(LoginAddress.Page(request, "problem"));
        else LeadOn(http, pending, await federated.EnterAsync(http, pending, confirmed: false, http.RequestAborted), cookies, contact);
    }

    /// <summary>"Is this you?" Only a yes makes a new person.</summary>
    public static async Task ConfirmFirstAsync(HttpContext http, string request, ParkedRequests parked, FederatedSignIn federated, BrowserCookies cookies,
        FirstContact contact, LoginProblems problems, ClientRegistry registry, IdentityDb db)
    {
        if (await parked.OpenOrExpiredAsync(http, request) is not { } pending) return;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["answer"] == "yes")
        {
            LeadOn(http, pending, await federated.EnterAsync(http, pending, confirmed: true, http.RequestAborted), cookies, contact);
            return;
        }
        pending.SealedIdentity = null;
        var isMail = pending.Connector is { } name && registry.FindConnector(name)?.Kind == ConnectorKind.OfficialMail;
        problems.Note(pending, "signin.declined", isMail ? ProblemKind.DeclinedMail : ProblemKind.DeclinedFirst, pending.Connector, "the person said: not me, or wrong", SignInStep.Linked);
        await db.SaveChangesAsync(http.RequestAborted);
        http.SeeOther(LoginAddress.Page(request, "problem"));
    }

    /// <summary>"Is this old account yours?" Only a proof connects it; "later" never makes a second record of one number.</summary>
    public static async Task ConfirmOwnershipAsync(HttpContext http, string request, ParkedRequests parked, SignInEnds ends)
    {
        if (await parked.OpenOrExpiredAsync(http, request) is not { } pending) return;
        var answer = (await http.Request.ReadFormAsync(http.RequestAborted))["answer"];
        if (pending.SealedNewDoor is null || answer == "connect")
        {
            http.SeeOther(LoginAddress.Chooser(request));
            return;
        }
        var (problem, detail) = answer == "no" ? (ProblemKind.DeclinedFirst, "the person said: not me, or wrong") : (ProblemKind.OwnershipUnproved, "the person connects later");
        await ends.RefuseAsync(pending, connector: null, problem, detail, http.RequestAborted);
        http.SeeOther(LoginAddress.Page(request, "problem"));
    }

    /// <summary>What this sign-in needs, asked of the upstream in its own words. It begins a session anew, so everything is asked for that the session will have to have.</summary>
    private static UpstreamRequest Ask(PendingAuthentication pending, ConnectorRegistration row, PageLanguage language, OidcOptions options)
    {
        var needed = ParkedRequests.RequirementOf(pending);
        var callback = new Uri($"{options.Issuer}{CallbackPath}/{Uri.EscapeDataString(row.Name)}");
        var isAskedAgain = pending.ForceLogin || pending.LinkStep is not null || CameAsSomebodyElse(pending);
        return new(callback, isAskedAgain, row.Kind == ConnectorKind.OfficialMail ? pending.LoginHint : null, language.Current)
        {
            Needs = new(needed.MinimumLevel, needed.MinimumProofing, needed.MaxAge),
        };
    }

    /// <summary>The upstream remembers whom it sent. Unless it asks again, a retry brings the same answer, and the person is stuck.</summary>
    private static bool CameAsSomebodyElse(PendingAuthentication pending) =>
        pending.Problem is nameof(ProblemKind.OrganisationAccount) or nameof(ProblemKind.DeclinedFirst) or nameof(ProblemKind.DeclinedMail) or nameof(ProblemKind.ForeignMailbox)
            or nameof(ProblemKind.ProofStale);

    private static void LeadOn(HttpContext http, PendingAuthentication pending, FederatedOutcome outcome, BrowserCookies cookies, FirstContact contact)
    {
        if (outcome is FederatedOutcome.SignedIn { Secret: var secret })
        {
            cookies.WriteSession(http, secret);
            cookies.WriteLastMethod(http, pending.Connector!);
        }
        http.SeeOther(outcome switch
        {
            FederatedOutcome.SignedIn { IsFirst: true } when contact.IsAsked(http) => LoginAddress.Page(pending.Id, FirstContact.Page),
            FederatedOutcome.MustConfirm => LoginAddress.Page(pending.Id, "first"),
            FederatedOutcome.Refused => LoginAddress.Page(pending.Id, "problem"),
            FederatedOutcome.MustProve => LoginAddress.Page(pending.Id, "confirm"),
            FederatedOutcome.ChooseDoor => LoginAddress.Chooser(pending.Id),
            FederatedOutcome.Linked => LoginAddress.Page(pending.Id, "linked"),
            FederatedOutcome.Proved { Address: var address } => address,
            // No proof waits: either an earlier click used it and its session is there, or the person has not been away yet.
            FederatedOutcome.Nothing when pending.SessionId is null => LoginAddress.Chooser(pending.Id),
            _ => ParkedRequests.ResumeAddress(pending),
        });
    }
}
