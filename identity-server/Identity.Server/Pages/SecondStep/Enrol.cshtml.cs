using Identity.Domain.Factors;
using Identity.Server.Account;
using Identity.Server.Login;
using Identity.Server.Login.Factors;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SecondStep;

/// <summary>
/// The application needs a second factor and the person has none (ux.md O5). The set-up itself is a page of the account, behind the
/// account's own door: whoever has a stronger way in proves that one first.
/// </summary>
public sealed class EnrolModel : LoginPage
{
    public IReadOnlyList<StepUpWay> Ways { get; set; } = [];

    public string Address(StepUpWay way) => FactorVisit.Address(way == StepUpWay.Passkey ? "/account/identities/passkey" : "/account/identities/app", RequestId);

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] LoginSession login, [FromServices] SecondFactorFacts facts)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        if (await login.CurrentAsync(HttpContext, HttpContext.RequestAborted) is not { } session) return Redirect(LoginAddress.Chooser(RequestId));
        var plan = await facts.PlanAsync(pending, session, HttpContext.RequestAborted);
        if (plan.Enrollable.Count == 0) return Redirect(ParkedRequests.ResumeAddress(pending));
        // The lock of a computer that many people use is everybody's (ux.md S12). Where nothing else would be enough, the page warns.
        var offered = SharedComputer && plan.Enrollable.Contains(OwnMethod.Totp) ? [OwnMethod.Totp] : plan.Enrollable;
        Ways = [.. offered.Select(m => m == OwnMethod.Passkey ? StepUpWay.Passkey : StepUpWay.App)];
        return Page();
    }
}
