using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Info;

/// <summary>For whoever is signed in, their applications are the front page.</summary>
public sealed class RootModel : PublicPage
{
    public async Task<IActionResult> OnGetAsync([FromServices] LoginSession login, CancellationToken ct) =>
        await login.CurrentAsync(HttpContext, ct) is null ? Page() : Redirect("/launcher");
}
