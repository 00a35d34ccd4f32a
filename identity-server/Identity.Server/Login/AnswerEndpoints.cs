using System.Globalization;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Failures;
using Identity.Domain.Storage;
using Identity.Server.Http;

namespace Identity.Server.Login;

/// <summary>What people answer on the sign-in pages themselves: a password, a cancel, which account, which data.</summary>
internal static class AnswerEndpoints
{
    public static async Task PasswordAsync(HttpContext http, string request, ParkedRequests parked, ClientRegistry registry, LocalSignIn local, PageLanguage language)
    {
        if (await parked.OpenOrExpiredAsync(http, request) is not { } pending) return;
        if (OfferedConnectors.To(registry, pending).FirstOrDefault(c => c.Protocol == ConnectorProtocol.Password) is not { } row)
        {
            http.SeeOther(LoginAddress.Chooser(request));
            return;
        }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = await local.SignInAsync(http, pending, row, form["username"].ToString(), form["password"].ToString());
        if (outcome == LocalOutcome.Busy)
        {
            language.Suggest(pending.Language);
            // Not a redirect: loading this answer again sends once more what was typed.
            ErrorPage.ShowBusy(http, registry.FindClient(pending.ClientId), PasswordLane.ComeBack);
            return;
        }
        http.SeeOther(outcome switch
        {
            LocalOutcome.SignedIn => ParkedRequests.ResumeAddress(pending),
            LocalOutcome.Paused => LoginAddress.Page(request, "problem"),
            _ => LoginAddress.Chooser(request),
        });
    }

    /// <summary>"Back to the application": it learns that the person said no.</summary>
    public static async Task CancelAsync(HttpContext http, string request, ParkedRequests parked, LoginProblems problems, IdentityDb db)
    {
        if (await parked.OpenOrExpiredAsync(http, request) is not { } pending) return;
        pending.Denial = "cancelled by the person";
        problems.NoteAbandoned(pending);
        var wasLinking = pending.LinkStep is not null;
        pending.LinkStep = null;
        await db.SaveChangesAsync(http.RequestAborted);
        http.SeeOther(pending.Protocol != ParkedRequests.Account ? ParkedRequests.ResumeAddress(pending) : wasLinking ? "/account/identities" : "/");
    }

    /// <summary>"Others use this computer too", and back.</summary>
    public static async Task SharedAsync(HttpContext http, string request, ParkedRequests parked, BrowserCookies cookies)
    {
        if (await parked.OpenOrExpiredAsync(http, request) is null) return;
        cookies.WriteShared(http, (await http.Request.ReadFormAsync(http.RequestAborted))["shared"] == "yes");
        http.SeeOther(LoginAddress.Chooser(request));
    }

    public static async Task SwitchAsync(HttpContext http, string request, ParkedRequests parked, LoginSession login, IdentityDb db)
    {
        if (await parked.OpenOrExpiredAsync(http, request) is not { } pending) return;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["answer"] != "continue" || await login.CurrentAsync(http, http.RequestAborted) is null)
        {
            http.SeeOther(LoginAddress.ChooserToStay(request));
            return;
        }
        pending.AccountConfirmed = true;
        await db.SaveChangesAsync(http.RequestAborted);
        http.SeeOther(ParkedRequests.ResumeAddress(pending));
    }

    public static async Task ReleaseAsync(HttpContext http, string request, ParkedRequests parked, LoginSession login, ReleaseMemory memory,
        ClientRegistry registry, AuditTrail trail, IdentityDb db, PageLanguage language, TimeProvider clock)
    {
        if (await parked.OpenOrExpiredAsync(http, request) is not { } pending) return;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var session = await login.CurrentAsync(http, http.RequestAborted);
        // Only who saw the page can answer it; anybody else is asked anew (L13).
        if (session is not null && form["session"] == session.Id.ToString() && pending.ReleaseRequired is not null && registry.FindClient(pending.ClientId) is { } client
            // Nor does it count for words that have changed since: the page comes again with the new ones.
            && form["version"] == (await memory.VersionShownAsync(client, http.RequestAborted)).ToString(CultureInfo.InvariantCulture))
        {
            pending.Reach(SignInStep.Consent, clock.GetUtcNow(), form["answer"] == "agree" ? SignInSteps.Ok : "refused");
            if (form["answer"] == "agree")
            {
                // The page was shown in this language, and the proof says so.
                language.Suggest(pending.Language);
                await memory.AgreeAsync(session.PersonId, client, pending, [.. form["optional"].OfType<string>()], language.Current, http.RequestAborted);
            }
            else
            {
                pending.Denial = "the person refused the release of data";
                trail.Add("release.refused", personId: session.PersonId, clientId: client.ClientId);
            }
            await db.SaveChangesAsync(http.RequestAborted);
        }
        http.SeeOther(ParkedRequests.ResumeAddress(pending));
    }
}
