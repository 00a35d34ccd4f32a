using Identity.Domain.Assurance;
using Identity.Domain.Factors;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Server.Http;
using Identity.Server.Login;
using Identity.Server.Login.Factors;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Account;

/// <summary>The one way into every account page. What a page shows needs the session, so no page can forget to ask here.</summary>
public sealed class AccountDoor(LoginSession login, ParkedRequests parked, PersonDirectory people, PersonFactors factors, TimeProvider clock)
{
    public async Task<IActionResult> EnterAsync(HttpContext http, Func<Session, Task<IActionResult>> inside)
    {
        // The back button after a sign-out must show nothing (L14).
        http.Response.Headers.CacheControl = "no-store";
        if (await login.CurrentAsync(http, http.RequestAborted) is not { } session) return await SignInFirstAsync(http);
        var end = login.Limits.EndOf(session, clock.GetUtcNow());
        http.Features.Set(new SignedInUntil(end, IsFinal: end == session.ExpiresAt));
        // Suspended after the sign-in: a refusal, not a new sign-in, which could only lead back here.
        return await people.StatusAsync(session.PersonId, http.RequestAborted) == PersonStatus.Active
            ? await inside(session)
            : new StatusCodeResult(StatusCodes.Status403Forbidden);
    }

    /// <summary>
    /// For what changes how the person signs in (L6, L16): present within ten minutes, and as strongly as they can be. Whoever is not
    /// proves what is missing and comes back to <paramref name="page"/>; a form is sent again by hand.
    /// </summary>
    public Task<IActionResult> EnterFreshAsync(HttpContext http, string page, Func<Session, Task<IActionResult>> inside) => EnterAsync(http, async session =>
    {
        var own = await factors.OfAsync(session.PersonId, http.RequestAborted);
        var now = clock.GetUtcNow();
        var needed = factors.ChangeRequirement(session, own, now);
        if (AssurancePolicy.Missing(session.Context(), needed, now) == MissingAssurance.None) return await inside(session);
        var canStepUp = StepUpPlan.For(session.Context(), needed, now, own).Methods.Count > 0;
        var pending = await parked.ParkAsync(http, WaitingRequest.OfAccount(page) with { ForceLogin = !canStepUp, Needed = needed });
        http.SeeOther(canStepUp ? LoginAddress.StepUp(pending.Id) : LoginAddress.ChooserToStay(pending.Id));
        return new EmptyResult();
    });

    private async Task<IActionResult> SignInFirstAsync(HttpContext http)
    {
        var pending = await parked.ParkAsync(http, WaitingRequest.OfAccount(http.Request.Path));
        http.SeeOther(LoginAddress.Chooser(pending.Id));
        return new EmptyResult();
    }
}

/// <param name="IsFinal">Staying does not move it: only a new sign-in does.</param>
public sealed record SignedInUntil(DateTimeOffset At, bool IsFinal);
