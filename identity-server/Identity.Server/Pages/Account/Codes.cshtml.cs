using Identity.Domain.Factors;
using Identity.Server.Account;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>Backup codes (ux.md C18). The answer to the form is the page that shows them: the only moment in which they exist in clear. Loading it again makes new ones, so nobody is left with none.</summary>
public sealed class CodesModel : AccountPage
{
    private const string Path = "/account/identities/codes";

    [FromQuery(Name = "for")]
    public string? For { get; set; }

    public IReadOnlyList<string> Codes { get; set; } = [];
    public int Left { get; set; }
    public string Back { get; set; } = "/account/identities";

    public override bool ShowsOnce => Codes.Count > 0;

    public string Address() => FactorVisit.Address(Path, For);

    public Task<IActionResult> OnGetAsync([FromServices] AccountDoor door, [FromServices] RecoveryCodes codes, [FromServices] FactorVisit visit) =>
        door.EnterFreshAsync(HttpContext, Address(), async session =>
        {
            if (await visit.WaitingAsync(this, For) is { } waiting) Back = ParkedRequests.ResumeAddress(waiting);
            Left = await codes.CountLeftAsync(session.PersonId, HttpContext.RequestAborted);
            return Page();
        });

    public Task<IActionResult> OnPostAsync([FromServices] AccountDoor door, [FromServices] RecoveryCodes codes, [FromServices] FactorVisit visit) =>
        door.EnterFreshAsync(HttpContext, Address(), async session =>
        {
            if (await visit.WaitingAsync(this, For) is { } waiting) Back = ParkedRequests.ResumeAddress(waiting);
            Codes = await codes.MakeAsync(session.PersonId, FactorVisit.From(session), HttpContext.RequestAborted);
            LanguagePath = Path;
            return Page();
        });
}
