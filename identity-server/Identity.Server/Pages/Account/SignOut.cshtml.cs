using Identity.Server.Http;
using Identity.Server.Login;
using Identity.Server.Oidc.Logout;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>The target of the sign-out form. Without a session there is nothing to end, and the cookie goes all the same.</summary>
public sealed class SignOutModel : PublicPage
{
    public IActionResult OnGet() => SeeOther("/account");

    public async Task<IActionResult> OnPostAsync([FromForm] bool forget, [FromServices] LoginSession login, [FromServices] LogoutFlow logout, [FromServices] BrowserCookies cookies, CancellationToken ct)
    {
        if (forget)
        {
            cookies.ForgetDevice(HttpContext);
            Response.Headers["Clear-Site-Data"] = "\"cache\"";
        }
        if (await login.CurrentAsync(HttpContext, ct) is { } session) return SeeOther(await logout.SignOutAsync(HttpContext, session));
        cookies.ClearSession(HttpContext);
        return SeeOther("/");
    }

    private EmptyResult SeeOther(string address)
    {
        HttpContext.SeeOther(address);
        return new EmptyResult();
    }
}
