using Identity.Domain.Factors;
using Identity.Server.Account;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SecondStep;

/// <summary>After a sign-in that went well: faster next time, or a second way against losing the only one (ux.md C17, C20). A real "not now", and never more than it was counted for.</summary>
public sealed class SuggestModel : LoginPage
{
    public ReminderKind Kind { get; set; }

    public string SetUp => FactorVisit.Address(Kind == ReminderKind.Passkey ? "/account/identities/passkey" : "/account/identities/codes", RequestId);

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] LoginSession login, [FromServices] FactorReminders reminders)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        if (SharedComputer || await login.CurrentAsync(HttpContext, HttpContext.RequestAborted) is not { } session
            || await reminders.LastShownAsync(session.PersonId, HttpContext.RequestAborted) is not { } kind) return Redirect(ParkedRequests.ResumeAddress(pending));
        Kind = kind;
        return Page();
    }
}
