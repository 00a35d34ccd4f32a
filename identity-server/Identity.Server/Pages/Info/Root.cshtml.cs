using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Info;

public sealed class RootModel : PublicPage
{
    public bool SignedIn { get; set; }

    public async Task OnGetAsync([FromServices] LoginSession login, CancellationToken ct) => SignedIn = await login.CurrentAsync(HttpContext, ct) is not null;
}
