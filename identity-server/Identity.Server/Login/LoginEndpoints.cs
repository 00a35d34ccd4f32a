using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Grants;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Http;
using Identity.Server.Language;
using Identity.Server.Oidc;
using Identity.Server.Pages.SignIn;
using Microsoft.Extensions.Options;

namespace Identity.Server.Login;

/// <summary>
/// What the sign-in pages post to, and where upstreams send people back. Every handler finds the parked request of this browser,
/// does one thing, and leads on by 303.
/// </summary>
public sealed class LoginEndpoints(ParkedRequests parked, PendingAuthenticationStore pendings, ConnectorCatalog connectors, UpstreamTrips trips,
    FederatedSignIn federated, LocalSignIn local, BrowserCookies cookies, LoginProblems problems, IdentityDb db)
{
    public const string CallbackPath = "/login/callback";

    /// <summary>The form's button, not a link, starts the trip: a link could be followed by anything that crawls.</summary>
    public static async Task StartAsync(HttpContext http, string request, string connector, LoginEndpoints login, ClientRegistry registry,
        PageLanguage language, IOptions<OidcOptions> options)
    {
        if (await login.FindOpenAsync(http, request) is not { } pending) return;
        if (!login.Offers(registry, pending, connector, out var row) || login.connectors.FindRedirect(connector) is not { } running)
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
        var callback = new Uri($"{options.Value.Issuer}{CallbackPath}/{Uri.EscapeDataString(connector)}");
        switch (await running.StartAsync(new UpstreamRequest(callback, pending.ForceLogin, LoginHint: null, language.Current), http.RequestAborted))
        {
            case UpstreamStart.Redirect { Address: var address, Transaction: var transaction }:
                pending.Connector = connector;
                pending.StateDigest = BearerSecret.DigestOf(transaction.State);
                pending.SealedTransaction = login.trips.Seal(pending, transaction);
                pending.Problem = null;
                await login.db.SaveChangesAsync(http.RequestAborted);
                http.SeeOther(address.AbsoluteUri);
                break;
            case UpstreamStart.Unavailable { Why: var why, Detail: var detail }:
                pending.Connector = connector;
                login.problems.Note(pending, "signin.failed", ProblemShape.From(why), connector, detail);
                await login.db.SaveChangesAsync(http.RequestAborted);
                http.SeeOther(LoginAddress.Page(request, "problem"));
                break;
        }
    }

    /// <summary>Hop 1 of the way back: a trip of this browser, through this connector, once.</summary>
    public static async Task CallbackAsync(HttpContext http, string connector, LoginEndpoints login, RequestOrigin origin, ILogger<LoginEndpoints> log, ErrorPage errors)
    {
        var ct = http.RequestAborted;
        var state = http.Request.Query["state"] is [{ Length: <= 200 } single] ? single : null;
        var pending = state is not null && login.cookies.ReadBrowser(http) is { } browser ? await login.pendings.FindByStateAsync(state, connector, browser, ct) : null;
        if (pending is null)
        {
            log.StrayAnswer(connector);
            await errors.ShowAsync(http, "signin.stray_answer", OidcError.InvalidRequest($"an answer of {connector} that fits no sign-in of this browser"), client: null);
            return;
        }
        // The back button or a second click brings the same answer again: it was judged, so go where it led.
        if (await login.pendings.TakeTripAsync(pending, ct) is not { } trip)
        {
            http.SeeOther(LoginAddress.Page(pending.Id, "continue"));
            return;
        }
        var answer = new UpstreamCallback(http.Request.QueryString.Value ?? "", new Dictionary<string, string>());
        var isThere = await login.trips.CompleteAsync(pending, trip, answer, origin);
        http.SeeOther(LoginAddress.Page(pending.Id, isThere ? "continue" : "returning"));
    }

    /// <summary>The outcome of a trip is in the parked request: become a session, ask, or explain.</summary>
    public static async Task ContinueAsync(HttpContext http, string request, LoginEndpoints login)
    {
        if (await login.FindOpenAsync(http, request) is not { } pending) return;
        if (pending.SealedIdentity is null && pending.Problem is not null) http.SeeOther(LoginAddress.Page(request, "problem"));
        else login.LeadOn(http, pending, await login.federated.EnterAsync(http, pending, confirmed: false, http.RequestAborted));
    }

    public static async Task ConfirmFirstAsync(HttpContext http, string request, LoginEndpoints login)
    {
        if (await login.FindOpenAsync(http, request) is not { } pending) return;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["answer"] == "yes")
        {
            login.LeadOn(http, pending, await login.federated.EnterAsync(http, pending, confirmed: true, http.RequestAborted));
            return;
        }
        pending.SealedIdentity = null;
        login.problems.Note(pending, "signin.declined", ProblemKind.DeclinedFirst, pending.Connector, "the person said: not me, or wrong");
        await login.db.SaveChangesAsync(http.RequestAborted);
        http.SeeOther(LoginAddress.Page(request, "problem"));
    }

    public static async Task PasswordAsync(HttpContext http, string request, LoginEndpoints login, ClientRegistry registry)
    {
        if (await login.FindOpenAsync(http, request) is not { } pending) return;
        if (login.OfferedPassword(registry, pending) is not { } row)
        {
            http.SeeOther(LoginAddress.Chooser(request));
            return;
        }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        http.SeeOther(await login.local.SignInAsync(http, pending, row, form["username"].ToString(), form["password"].ToString()) switch
        {
            LocalOutcome.SignedIn => ParkedRequests.ResumeAddress(pending),
            LocalOutcome.Paused => LoginAddress.Page(request, "problem"),
            _ => LoginAddress.Chooser(request),
        });
    }

    public static async Task CancelAsync(HttpContext http, string request, LoginEndpoints login, AuditTrail trail)
    {
        if (await login.FindOpenAsync(http, request) is not { } pending) return;
        pending.Denial = "cancelled by the person";
        trail.Add("signin.abandoned", clientId: pending.ClientId);
        await login.db.SaveChangesAsync(http.RequestAborted);
        http.SeeOther(pending.Protocol == ParkedRequests.Account ? "/" : ParkedRequests.ResumeAddress(pending));
    }

    public static async Task SwitchAsync(HttpContext http, string request, LoginEndpoints login, LoginSession sessions)
    {
        if (await login.FindOpenAsync(http, request) is not { } pending) return;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["answer"] != "continue" || await sessions.CurrentAsync(http, http.RequestAborted) is null)
        {
            http.SeeOther(LoginAddress.Chooser(request));
            return;
        }
        pending.AccountConfirmed = true;
        await login.db.SaveChangesAsync(http.RequestAborted);
        http.SeeOther(ParkedRequests.ResumeAddress(pending));
    }

    public static async Task ReleaseAsync(HttpContext http, string request, LoginEndpoints login, LoginSession sessions, ReleaseMemory memory, ClientRegistry registry, AuditTrail trail, PageLanguage language)
    {
        if (await login.FindOpenAsync(http, request) is not { ReleaseRequired: not null } pending) return;
        var session = await sessions.CurrentAsync(http, http.RequestAborted);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (session is not null && registry.FindClient(pending.ClientId) is { } client)
        {
            if (form["answer"] == "agree")
            {
                var ticked = form["optional"].OfType<string>().ToArray();
                await memory.AgreeAsync(session.PersonId, client, pending, ticked, language.Current, http.RequestAborted);
            }
            else
            {
                pending.Denial = "the person refused the release of data";
                trail.Add("release.refused", personId: session.PersonId, clientId: client.ClientId);
            }
            await login.db.SaveChangesAsync(http.RequestAborted);
        }
        http.SeeOther(ParkedRequests.ResumeAddress(pending));
    }

    private void LeadOn(HttpContext http, PendingAuthentication pending, FederatedOutcome outcome)
    {
        if (outcome is FederatedOutcome.SignedIn { Secret: var secret })
        {
            cookies.WriteSession(http, secret);
            cookies.WriteLastMethod(http, pending.Connector!);
        }
        http.SeeOther(outcome switch
        {
            FederatedOutcome.MustConfirm => LoginAddress.Page(pending.Id, "first"),
            FederatedOutcome.Refused => LoginAddress.Page(pending.Id, "problem"),
            // The proof was used by another tab or an earlier click, and its session is there.
            FederatedOutcome.Nothing when pending.SessionId is null => LoginAddress.Chooser(pending.Id),
            _ => ParkedRequests.ResumeAddress(pending),
        });
    }

    private async Task<PendingAuthentication?> FindOpenAsync(HttpContext http, string request)
    {
        if (await parked.FindOpenAsync(http, request) is { } pending) return pending;
        http.SeeOther(LoginAddress.Page(request, "expired"));
        return null;
    }

    private bool Offers(ClientRegistry registry, PendingAuthentication pending, string connector, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ConnectorRegistration? row)
    {
        row = OfferedConnectors.To(registry, pending).FirstOrDefault(c => c.Name == connector);
        return row is not null;
    }

    private ConnectorRegistration? OfferedPassword(ClientRegistry registry, PendingAuthentication pending) =>
        OfferedConnectors.To(registry, pending).FirstOrDefault(c => c.Protocol == ConnectorProtocol.Password);
}
