using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Server.Http;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Account;

/// <summary>The one way into every account page. What a page shows needs the session, so no page can forget to ask here.</summary>
public sealed class AccountDoor(LoginSession login, ParkedRequests parked, PersonDirectory people)
{
    public async Task<IActionResult> EnterAsync(HttpContext http, Func<Session, Task<IActionResult>> inside)
    {
        // The back button after a sign-out must show nothing (L14).
        http.Response.Headers.CacheControl = "no-store";
        if (await login.CurrentAsync(http, http.RequestAborted) is not { } session) return await SignInFirstAsync(http);
        // Suspended after the sign-in: a refusal, not a new sign-in, which could only lead back here.
        return await people.StatusAsync(session.PersonId, http.RequestAborted) == PersonStatus.Active
            ? await inside(session)
            : new StatusCodeResult(StatusCodes.Status403Forbidden);
    }

    private async Task<IActionResult> SignInFirstAsync(HttpContext http)
    {
        var pending = await parked.ParkAsync(http, ParkedRequests.Account, clientId: null, request: HttpMethods.IsGet(http.Request.Method) ? http.Request.Path.Value ?? "" : "", loginHint: null, uiLocales: null, forceLogin: false);
        http.SeeOther(LoginAddress.Chooser(pending.Id));
        return new EmptyResult();
    }
}
