using Identity.Server.Account;
using Identity.Server.Http;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>
/// Between the button and the application: a form of ours may lead to addresses of ours only, and naming every application in the policy of
/// the page would outgrow what proxies accept. The browser goes on by itself, and the button does the same.
/// </summary>
public sealed class LauncherOpenModel : AccountPage
{
    /// <summary>Not <see cref="PublicPage.AppName"/>: nobody is signing in.</summary>
    public string Name { get; set; } = "";

    public Uri? Address { get; set; }

    public Task<IActionResult> OnGetAsync([FromQuery] string? app, [FromServices] AccountDoor door, [FromServices] Launcher launcher, [FromServices] PageLanguage language) =>
        door.EnterAsync(HttpContext, _ =>
        {
            if (launcher.Find(app) is not { } client) return Task.FromResult<IActionResult>(Redirect("/launcher"));
            (Name, Address) = (client.ClientName.In(language.Current), launcher.AddressOf(client));
            Response.Headers["Refresh"] = $"0; url={Address.AbsoluteUri}";
            return Task.FromResult<IActionResult>(Page());
        });

    /// <summary>Takes what the person chose to be along. Lost or switched meanwhile: the page of applications shows what is so now.</summary>
    public Task<IActionResult> OnPostAsync([FromForm] string? app, [FromServices] AccountDoor door, [FromServices] LauncherCapacities capacities, [FromServices] Launcher launcher) =>
        door.EnterAsync(HttpContext, async session =>
        {
            var isTaken = launcher.Find(app) is { } client && await capacities.TakeAlongAsync(session, client, CancellationToken.None);
            HttpContext.SeeOther(isTaken ? $"/launcher/open?app={Uri.EscapeDataString(app!)}" : "/launcher");
            return new EmptyResult();
        });
}
