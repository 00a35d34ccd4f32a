using Identity.Server.Account;
using Identity.Server.Http;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>The target of "add a way to sign in". A form, never a link: a link could be followed from another site.</summary>
public sealed class AddIdentityModel : PublicPage
{
    public IActionResult OnGet() => Redirect("/account/identities");

    public Task<IActionResult> OnPostAsync([FromServices] AccountDoor door, [FromServices] ParkedRequests parked) => door.EnterFreshAsync(HttpContext, "/account/identities", async session =>
    {
        var pending = await parked.ParkLinkingAsync(HttpContext, session.PersonId, returnTo: "");
        HttpContext.SeeOther(LoginAddress.Chooser(pending.Id));
        return new EmptyResult();
    });
}
