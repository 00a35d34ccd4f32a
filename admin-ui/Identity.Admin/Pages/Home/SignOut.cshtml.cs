using Identity.Admin.Access;
using Identity.Admin.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Identity.Admin.Pages;

/// <summary>Leaves this host and, on the public one, everything else that the same session has opened.</summary>
[OpenToAll]
public sealed class SignOutModel : AdminPage
{
    public void OnGet()
    {
    }

    public IActionResult OnPost([FromServices] AdminCookies cookies, [FromServices] Provider provider, [FromServices] IOptions<AdminOptions> options)
    {
        cookies.EndVisit(HttpContext);
        HttpContext.SeeOther((provider.Connector.LogoutAddress(new Uri(options.Value.Address!, "/welcome")) ?? new Uri(options.Value.Address!, "/welcome")).AbsoluteUri);
        return new EmptyResult();
    }
}
