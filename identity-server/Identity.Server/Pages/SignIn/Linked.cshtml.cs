using Identity.Domain.Linking;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

/// <summary>The result of adding a door.</summary>
public sealed class LinkedModel : LoginPage
{
    public string ConnectorName { get; set; } = "";
    public string PersonName { get; set; } = "";

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] LoginSession login, [FromServices] LinkingPages linking)
    {
        var (pending, _) = await pages.FindAsync(this);
        var session = await login.CurrentAsync(HttpContext, HttpContext.RequestAborted);
        // Somebody else at this browser, or a request that added nothing: there is no result to show.
        if (pending is not { ConcludedAt: not null, Connector: { } connector, LinkPersonId: { } personId } || session?.PersonId != personId
            || LinkingTrip.ReturnAddress(pending) is not null) return Redirect("/account/identities");
        ConnectorName = pages.NameOf(connector);
        PersonName = await linking.NameAsync(personId, HttpContext.RequestAborted);
        return Page();
    }
}
