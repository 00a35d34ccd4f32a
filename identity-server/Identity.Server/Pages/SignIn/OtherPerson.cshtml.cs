using Identity.Domain.People;
using Identity.Protocols.Federation;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

/// <summary>Somebody is signed in already and the application wants to be sure who goes on.</summary>
public sealed class OtherPersonModel : LoginPage
{
    public string PersonName { get; set; } = "";

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] LoginSession login, [FromServices] PersonDirectory people)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        if (await login.CurrentAsync(HttpContext, HttpContext.RequestAborted) is not { } session) return Redirect(LoginAddress.Chooser(RequestId));
        PersonName = (await people.AttributesAsync(session.PersonId, HttpContext.RequestAborted)).GetValueOrDefault(AttributeNames.Name, "");
        return Page();
    }
}
