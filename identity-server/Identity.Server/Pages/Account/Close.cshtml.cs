using Identity.Server.Account;
using Identity.Server.Http;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>Leaving cleanly: what ends, what the law keeps, and a week to think again.</summary>
public sealed class CloseModel : AccountPage
{
    /// <summary>Nothing more is asked before it is done.</summary>
    public bool IsProved { get; set; }

    public Task<IActionResult> OnGetAsync([FromServices] AccountDoor door, [FromServices] FreshProof proof, CancellationToken ct) =>
        door.EnterAsync(HttpContext, async session =>
        {
            IsProved = await proof.IsGivenAsync(session, ct);
            return Page();
        });

    public Task<IActionResult> OnPostAsync([FromServices] AccountDoor door, [FromServices] FreshProof proof, [FromServices] ClosingAccount closing) =>
        door.EnterFreshAsync(HttpContext, "/account/close", session => proof.RequireAsync(HttpContext, session, "/account/close", async () =>
        {
            await closing.AskAsync(HttpContext, session);
            HttpContext.SeeOther("/account/closing");
            return new EmptyResult();
        }));
}
