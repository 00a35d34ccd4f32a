using System.Globalization;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Factors;
using Identity.Domain.Failures;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Http;

namespace Identity.Server.Login.Factors;

/// <summary>What people answer on the pages about passkeys and codes. Every handler finds the parked request of this browser, does one thing, and leads on by 303.</summary>
internal static class FactorEndpoints
{
    public static void Map(RouteGroupBuilder forms)
    {
        forms.MapPost("/passkey/options", PasskeyOptionsAsync);
        forms.MapPost("/passkey", PasskeyAsync);
        forms.MapPost("/step-up/passkey/options", StepUpOptionsAsync);
        forms.MapPost("/step-up/passkey", StepUpPasskeyAsync);
        forms.MapPost("/step-up/app", StepUpAppAsync);
        forms.MapPost("/step-up/codes", StepUpCodesAsync);
        forms.MapPost("/step-up/mail", StepUpMailAsync);
        forms.MapPost("/step-up/mail/send", SendMailAsync);
        forms.MapPost("/suggest", SuggestAsync);
        forms.MapPost("/recover", RecoverAsync);
    }

    public static async Task<IResult> PasskeyOptionsAsync(HttpContext http, string request, ParkedRequests parked, ClientRegistry registry, PasskeyCeremony ceremony) =>
        await parked.FindOpenAsync(http, request) is { } pending && WayOf(registry, pending) is not null
            ? Json(http, await ceremony.OfferRequestAsync(http, PasskeySignIn.Scene(pending)))
            : Results.NotFound();

    public static async Task PasskeyAsync(HttpContext http, string request, ParkedRequests parked, ClientRegistry registry, PasskeySignIn signIn, IdentityDb db)
    {
        if (await parked.OpenOrExpiredAsync(http, request) is not { } pending) return;
        if (WayOf(registry, pending) is not { } way)
        {
            http.SeeOther(LoginAddress.Chooser(request));
            return;
        }
        var form = await PasskeyForm.ReadAsync(http);
        var fault = form.Credential is { } credential ? await signIn.EnterAsync(http, pending, way, credential) : form.Fault;
        if (fault is { } why)
        {
            pending.Problem = $"Passkey{why}";
            await db.SaveChangesAsync(http.RequestAborted);
        }
        http.SeeOther(fault is null ? ParkedRequests.ResumeAddress(pending) : LoginAddress.ChooserToStay(request));
    }

    public static async Task<IResult> StepUpOptionsAsync(HttpContext http, string request, ParkedRequests parked, LoginSession login, PasskeyCeremony ceremony) =>
        await parked.FindOpenAsync(http, request) is { } pending && await login.CurrentAsync(http, http.RequestAborted) is { } session
            ? Json(http, await ceremony.OfferRequestAsync(http, Scene(pending, session)))
            : Results.NotFound();

    public static async Task StepUpPasskeyAsync(HttpContext http, string request, ParkedRequests parked, LoginSession login, PasskeyCeremony ceremony, StepUp stepUp, IdentityDb db, TimeProvider clock)
    {
        if (await OpenAsync(http, request, parked, login) is not var (pending, session)) return;
        var form = await PasskeyForm.ReadAsync(http);
        var fault = form.Fault;
        if (form.Credential is { } credential) fault = (await ceremony.AssertAsync(http, Scene(pending, session), credential) as PasskeyVerdict.Refused)?.Fault;
        pending.Problem = fault is { } why ? $"Passkey{why}" : null;
        pending.Reach(SignInStep.Factor, clock.GetUtcNow(), pending.Problem ?? SignInSteps.Ok);
        await db.SaveChangesAsync(http.RequestAborted);
        if (fault is null) await stepUp.StrengthenAsync(http, session, OwnMethod.Passkey);
        http.SeeOther(fault is null ? ParkedRequests.ResumeAddress(pending) : LoginAddress.StepUp(request, "passkey"));
    }

    public static Task StepUpAppAsync(HttpContext http, string request, ParkedRequests parked, LoginSession login, TypedCodes codes, FactorOutcomes outcomes) =>
        TypedAsync(http, request, parked, login, outcomes, "app", (_, session, typed) => codes.FromAppAsync(http, session, typed));

    public static Task StepUpCodesAsync(HttpContext http, string request, ParkedRequests parked, LoginSession login, TypedCodes codes, FactorOutcomes outcomes) =>
        TypedAsync(http, request, parked, login, outcomes, "codes", (_, session, typed) => codes.FromPaperAsync(http, session, typed));

    public static Task StepUpMailAsync(HttpContext http, string request, ParkedRequests parked, LoginSession login, TypedCodes codes, FactorOutcomes outcomes) =>
        TypedAsync(http, request, parked, login, outcomes, "mail", (pending, session, typed) => codes.FromMailAsync(http, pending, session, typed));

    public static async Task SendMailAsync(HttpContext http, string request, ParkedRequests parked, LoginSession login, CodeByMail mail, IdentityDb db)
    {
        if (await OpenAsync(http, request, parked, login) is not var (pending, session)) return;
        // Runs to its end even when the browser gives up waiting: what was counted is sent.
        var fault = await mail.SendAsync(pending, session, CancellationToken.None);
        pending.Problem = fault == StepUpFault.ManyMails ? $"StepUp{fault}" : null;
        await db.SaveChangesAsync(http.RequestAborted);
        http.SeeOther(fault == StepUpFault.Ended ? ParkedRequests.ResumeAddress(pending) : LoginAddress.StepUp(request, "mail"));
    }

    public static async Task SuggestAsync(HttpContext http, string request, ParkedRequests parked, LoginSession login, FactorReminders reminders)
    {
        if (await OpenAsync(http, request, parked, login) is not var (pending, session)) return;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["answer"] == "never" && Enum.TryParse<ReminderKind>(form["kind"], out var kind)) await reminders.DeclineAsync(session.PersonId, kind, http.RequestAborted);
        http.SeeOther(ParkedRequests.ResumeAddress(pending));
    }

    /// <summary>The e-ID again, or the day's wait: begun, and used when it is over (identity-model rule 13).</summary>
    public static async Task RecoverAsync(HttpContext http, string request, ParkedRequests parked, LoginSession login, Recovery recovery)
    {
        if (await OpenAsync(http, request, parked, login) is not var (pending, session)) return;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        http.SeeOther(form["do"].ToString() switch
        {
            "eid" => LoginAddress.ChooserToStay((await recovery.ProveAgainAsync(http)).Id),
            "begin" when await recovery.BeginAsync(session, http.RequestAborted) => LoginAddress.Page(request, "recover"),
            // What was lost is gone, so whoever asked finds nobody with a second factor and offers the set-up.
            "use" when await recovery.UseAsync(session, http.RequestAborted) => ParkedRequests.ResumeAddress(pending),
            _ => LoginAddress.Page(request, "recover"),
        });
    }

    private static PasskeyScene Scene(PendingAuthentication pending, Session session) => new(PasskeyPurpose.StepUp, pending.Id, session.PersonId);

    private static ConnectorRegistration? WayOf(ClientRegistry registry, PendingAuthentication pending) =>
        OfferedConnectors.To(registry, pending).FirstOrDefault(c => c.Protocol == ConnectorProtocol.Passkey);

    /// <summary>The parked request and who is signed in; answers with the page to go to instead when one of them is missing.</summary>
    private static async Task<(PendingAuthentication, Session)?> OpenAsync(HttpContext http, string request, ParkedRequests parked, LoginSession login)
    {
        if (await parked.OpenOrExpiredAsync(http, request) is not { } pending) return null;
        if (await login.CurrentAsync(http, http.RequestAborted) is { } session) return (pending, session);
        http.SeeOther(LoginAddress.Chooser(request));
        return null;
    }

    private static async Task TypedAsync(HttpContext http, string request, ParkedRequests parked, LoginSession login, FactorOutcomes outcomes, string way,
        Func<PendingAuthentication, Session, string, Task<StepUpOutcome>> use)
    {
        if (await OpenAsync(http, request, parked, login) is not var (pending, session)) return;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        http.SeeOther(await outcomes.LeadOnAsync(pending, await use(pending, session, form["code"].ToString()), way, http.RequestAborted));
    }

    private static IResult Json(HttpContext http, string options)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content(options, "application/json");
    }
}
