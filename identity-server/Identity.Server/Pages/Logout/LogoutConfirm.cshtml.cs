using Identity.Domain.Clients;
using Identity.Domain.Sessions;
using Identity.Server.Http;
using Identity.Server.Login;
using Identity.Server.Oidc.Logout;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Logout;

/// <summary>Asked only when the request cannot be verified, or other applications are open and only one asked.</summary>
public sealed class LogoutConfirmModel : PublicPage
{
    [FromRoute(Name = "id")]
    public string LogoutId { get; set; } = "";

    /// <summary>The application that asked, or null when nobody is named.</summary>
    public string? AskingApp { get; set; }

    public int OtherApps { get; set; }

    public async Task<IActionResult> OnGetAsync([FromServices] LogoutFlow flow, [FromServices] LoginSession login, [FromServices] SessionStore sessions,
        [FromServices] ClientRegistry registry, [FromServices] PageLanguage language)
    {
        if (await flow.FindAsync(HttpContext, LogoutId) is not { } parked) return NotFound();
        if (parked.ConfirmedAt is not null) return SeeOther(LogoutFlow.DoneAddress(parked));

        language.Suggest(Request.Query["ui_locales"]);
        var ct = HttpContext.RequestAborted;
        // The applications of whoever is signed in now: that is the session an answer will end.
        var session = await login.CurrentAsync(HttpContext, ct);
        var open = session is null ? [] : await sessions.ParticipantsAsync(session.Id, ct);
        var asking = open.Exists(p => p.ClientId == parked.ClientId) ? registry.FindClient(parked.ClientId) : null;
        AskingApp = asking?.ClientName.In(language.Current);
        OtherApps = open.Count(p => p.ClientId != asking?.ClientId);
        // The answer to this page's form may lead on to the application, which the browser counts as a target of the form.
        if (parked.PostLogoutRedirectUri is { } address) HttpContext.UseContentSecurityPolicy(p => p with { FormTargets = [address] });
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm(Name = "scope")] string? scope, [FromServices] LogoutFlow flow, [FromServices] LoginSession login)
    {
        if (await flow.FindAsync(HttpContext, LogoutId) is not { } parked) return NotFound();
        if (parked.ConfirmedAt is not null) return SeeOther(LogoutFlow.DoneAddress(parked));

        parked.SessionId = (await login.CurrentAsync(HttpContext, HttpContext.RequestAborted))?.Id ?? parked.SessionId;
        return scope switch
        {
            "all" => SeeOther(await flow.EndAsync(HttpContext, parked, asked: false)),
            "app" => SeeOther(await flow.LeaveAsync(HttpContext, parked)),
            // Neither ended nor led back: the application would take its return address for a sign-out.
            "stay" => SeeOther("/account"),
            _ => BadRequest(),
        };
    }

    private EmptyResult SeeOther(string address)
    {
        HttpContext.SeeOther(address);
        return new EmptyResult();
    }
}
