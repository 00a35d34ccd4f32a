using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

public sealed class ExpiredModel : LoginPage
{
    /// <summary>The application's start page; null only when the request is too old to know whose it was.</summary>
    public Uri? StartAddress { get; set; }

    public async Task OnGetAsync([FromServices] SignInPages pages) => StartAddress = SignInPages.StartAddress((await pages.FindAsync(this)).Client);
}
