using Identity.Domain.Factors;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SecondStep;

/// <summary>
/// Back in without a help desk (identity-model rule 13, ux.md C22): another own method, the e-ID again, and only for whoever has
/// neither, a day's wait with notices. Two administrators of an agency who let an official in at once are the administration host's matter.
/// </summary>
public sealed class RecoverModel : LoginPage
{
    public bool HasOther { get; set; }
    public bool HasStrongLink { get; set; }

    /// <summary>When the wait is over; null while none runs.</summary>
    public DateTimeOffset? ReadyAt { get; set; }

    public bool IsReady { get; set; }

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] LoginSession login, [FromServices] PersonFactors factors,
        [FromServices] RecoveryRequests recoveries, [FromServices] TimeProvider clock)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        var ct = HttpContext.RequestAborted;
        if (await login.CurrentAsync(HttpContext, ct) is not { } session) return Redirect(LoginAddress.Chooser(RequestId));
        var own = await factors.OfAsync(session.PersonId, ct);
        (HasOther, HasStrongLink) = (own.All().Count() > 1, own.StrongLink);
        var running = await recoveries.RunningAsync(session.PersonId, ct);
        (ReadyAt, IsReady) = (running?.RipeAt, running?.RipeAt <= clock.GetUtcNow());
        return Page();
    }
}
