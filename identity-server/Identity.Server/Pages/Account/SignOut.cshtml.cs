using Identity.Domain.Clients;
using Identity.Domain.Sessions;
using Identity.Server.Http;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>The target of the sign-out form. Without a session there is nothing to end, and the cookie goes all the same.</summary>
public sealed class SignOutModel : PublicPage
{
    public IActionResult OnGet() => SeeOther("/account");

    public async Task<IActionResult> OnPostAsync(
        [FromServices] LoginSession login, [FromServices] SessionStore sessions, [FromServices] BrowserCookies cookies, [FromServices] ClientRegistry registry)
    {
        if (await login.CurrentAsync(HttpContext, CancellationToken.None) is { } session)
            await sessions.EndAsync(session.Id, "signed_out", includeOffline: false, client => registry.FindClient(client)?.BackchannelLogoutUri is not null, CancellationToken.None);
        cookies.ClearSession(HttpContext);
        return SeeOther("/");
    }

    private EmptyResult SeeOther(string address)
    {
        HttpContext.SeeOther(address);
        return new EmptyResult();
    }
}
